package dev.headwater.fakeserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import dev.headwater.fakeserver.internal.chalk.wire.GetTokenRequest;
import dev.headwater.fakeserver.internal.chalk.wire.Integration;
import dev.headwater.spi.SourceSystem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Not part of the build, since Node comes from the system: {@code .ci/run} runs it where {@code .ci/node} can bring the
 * clients, whose directory is in the property {@code node.home}.
 */
@DisplayName("Chalk, to clients for Node,")
@ExtendWith(FakeServerExtension.class)
class NodeClientsIT {

    @TempDir
    Path scratch;

    @Test
    @DisplayName("speaks gRPC and Connect")
    void clients(FakeServer server) throws IOException, InterruptedException {
        Path descriptors = scratch.resolve("descriptors");
        FileDescriptorSet.Builder files = FileDescriptorSet.newBuilder();
        add(files, Integration.getDescriptor().getFile());
        add(files, GetTokenRequest.getDescriptor().getFile());
        Files.write(descriptors, files.build().toByteArray());
        Path output = scratch.resolve("output");

        Process node = new ProcessBuilder(
                        "node",
                        Path.of(System.getProperty("node.home"), "chalk.mjs").toString(),
                        descriptors.toString(),
                        Path.of(System.getProperty("basedir", "."), "src/main/protobuf")
                                .toString(),
                        "127.0.0.1:" + server.chalk().grpcUrl().getPort(),
                        server.chalk().connectUrl().toString(),
                        server.chalk().clientId(),
                        server.chalk().clientSecret())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(node.waitFor(60, TimeUnit.SECONDS)).as("Node ended").isTrue();
        } finally {
            node.destroyForcibly();
        }
        assertThat(Files.readString(output, StandardCharsets.UTF_8)).endsWith("ok\n");
        assertThat(server.requests())
                .extracting(RecordedRequest::protocol)
                .contains("gRPC", "Connect")
                .hasSizeGreaterThan(15);
        FakeServerAssert.assertThat(server).received(SourceSystem.CHALK, "InsertIntegration");
    }

    private static void add(FileDescriptorSet.Builder files, FileDescriptor file) {
        if (files.getFileList().stream().noneMatch(known -> known.getName().equals(file.getName()))) {
            file.getDependencies().forEach(dependency -> add(files, dependency));
            FileDescriptorProto.Builder proto = file.toProto().toBuilder();
            for (Descriptor message : file.getMessageTypes()) {
                nameForJson(message, proto.getMessageTypeBuilder(message.getIndex()));
            }
            files.addFile(proto);
        }
    }

    /** Java leaves out the names in JSON, which protoc gives to its plug-ins. */
    private static void nameForJson(Descriptor message, DescriptorProto.Builder proto) {
        for (FieldDescriptor field : message.getFields()) {
            proto.getFieldBuilder(field.getIndex()).setJsonName(field.getJsonName());
        }
        for (Descriptor nested : message.getNestedTypes()) {
            nameForJson(nested, proto.getNestedTypeBuilder(nested.getIndex()));
        }
    }
}
