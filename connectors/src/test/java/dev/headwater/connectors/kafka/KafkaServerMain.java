package dev.headwater.connectors.kafka;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.utils.Time;

/**
 * Formats a directory and runs a Kafka broker on it until standard input ends, which it does when the JVM that started it
 * is gone. Arguments: a file with the broker's properties, then those of its SCRAM users. Prints a line once it serves.
 */
public final class KafkaServerMain {

    private KafkaServerMain() {}

    public static void main(String[] arguments) throws IOException {
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(Path.of(arguments[0]))) {
            properties.load(in);
        }
        StringBuilder format = new StringBuilder("format -t 4L6g3nShT-eMCtK--X86sw -c " + arguments[0]);
        for (int i = 1; i < arguments.length; i++) {
            format.append(" --add-scram ").append(arguments[i]);
        }
        int formatted = StorageTool.execute(format.toString().split(" "), new PrintStream(System.err, true));
        if (formatted != 0) {
            throw new IllegalStateException("not formatted: " + formatted);
        }
        KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(properties), Time.SYSTEM);
        server.startup();
        System.out.println("ready");
        while (System.in.read() >= 0) {
            // What it says does not matter, only that it ends.
        }
        Runtime.getRuntime().halt(0);
    }
}
