package dev.headwater.testservers.opensearch;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.codelibs.opensearch.runner.OpenSearchRunner;
import org.opensearch.http.HttpInfo;

/**
 * Runs one node of OpenSearch, without its security plug-in, on the loopback interface until its standard input ends, which
 * it does when the JVM that started it is gone. Once it serves, it prints one line with its port.
 */
public final class OpenSearchServer {

    private OpenSearchServer() {}

    public static void main(String[] arguments) throws IOException {
        // The node logs to System.out.
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        System.setOut(System.err);
        Path directory = Files.createTempDirectory("opensearch");
        OpenSearchRunner runner = new OpenSearchRunner();
        runner.onBuild((number, settings) -> {
            settings.put("http.port", "0");
            settings.put("transport.port", "0");
            settings.put("network.host", "127.0.0.1");
            settings.put("discovery.type", "single-node");
            settings.putList("discovery.seed_hosts");
        });
        runner.build(OpenSearchRunner.newConfigs()
                .clusterName("headwater")
                .numOfNode(1)
                .baseHttpPort(9200)
                .basePath(directory.toString())
                .disableESLogger());
        HttpInfo http = runner.node()
                .injector()
                .getInstance(org.opensearch.http.HttpServerTransport.class)
                .info();
        out.println(http.address().publishAddress().getPort());
        while (System.in.read() >= 0) {
            // What it says does not matter, only that it ends.
        }
        Runtime.getRuntime().halt(0);
    }
}
