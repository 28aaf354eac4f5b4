package dev.headwater.testservers.elasticsearch;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.codelibs.elasticsearch.runner.ElasticsearchClusterRunner;
import org.elasticsearch.http.HttpInfo;

/**
 * Runs one node of Elasticsearch, in its last version under the Apache licence and without security, on the loopback interface until its standard input ends, which
 * it does when the JVM that started it is gone. Once it serves, it prints one line with its port.
 */
public final class ElasticsearchServer {

    private ElasticsearchServer() {}

    public static void main(String[] arguments) throws IOException {
        // The node logs to System.out.
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        System.setOut(System.err);
        Path directory = Files.createTempDirectory("elasticsearch");
        ElasticsearchClusterRunner runner = new ElasticsearchClusterRunner();
        runner.onBuild((number, settings) -> {
            settings.put("http.port", "0");
            settings.put("transport.port", "0");
            settings.put("network.host", "127.0.0.1");
            settings.put("discovery.type", "single-node");
            settings.putList("discovery.seed_hosts");
        });
        runner.build(ElasticsearchClusterRunner.newConfigs()
                .clusterName("headwater")
                .numOfNode(1)
                .baseHttpPort(9200)
                .basePath(directory.toString())
                .disableESLogger());
        HttpInfo http = runner.node()
                .injector()
                .getInstance(org.elasticsearch.http.HttpServerTransport.class)
                .info();
        out.println(http.address().publishAddress().getPort());
        while (System.in.read() >= 0) {
            // What it says does not matter, only that it ends.
        }
        Runtime.getRuntime().halt(0);
    }
}
