package dev.headwater.fakeserver.internal.chalk;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import java.nio.charset.StandardCharsets;

/** Messages as proto3 JSON. */
final class ProtoJson {

    /** Messages of newer clients may have fields that the server does not know; Connect's own servers skip them too. */
    private static final JsonFormat.Parser READER = JsonFormat.parser().ignoringUnknownFields();

    private static final JsonFormat.Printer WRITER = JsonFormat.printer().omittingInsignificantWhitespace();

    private ProtoJson() {}

    /**
     * {@return the message that the JSON is}
     *
     * @param empty a message of the kind
     * @throws InvalidProtocolBufferException if it is none; it quotes the JSON
     */
    static <M extends Message> M read(byte[] body, M empty) throws InvalidProtocolBufferException {
        Message.Builder builder = empty.newBuilderForType();
        READER.merge(new String(body, StandardCharsets.UTF_8), builder);
        @SuppressWarnings("unchecked") // a builder of the kind builds the kind
        M read = (M) builder.build();
        return read;
    }

    static String write(Message message) {
        try {
            return WRITER.print(message);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a message that cannot be printed", e);
        }
    }
}
