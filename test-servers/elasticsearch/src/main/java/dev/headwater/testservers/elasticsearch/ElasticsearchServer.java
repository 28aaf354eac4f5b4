package dev.headwater.testservers.elasticsearch;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.elasticsearch.common.logging.LogConfigurator;
import org.elasticsearch.common.settings.SecureString;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.http.HttpServerTransport;
import org.elasticsearch.node.ClassPathNode;
import org.elasticsearch.transport.netty4.Netty4Plugin;
import org.elasticsearch.xpack.core.XPackPlugin;
import org.elasticsearch.xpack.core.security.authc.support.Hasher;
import org.elasticsearch.xpack.headwater.SecurityWithoutSaml;

/**
 * Runs one node of Elasticsearch with its own security and TLS on the loopback interface until its standard input ends,
 * which it does when the JVM that started it is gone. Once it serves, it prints one line with its port.
 *
 * <p>Arguments: the server's certificate and its key, both as PEM. The administrator is {@code admin} with the password
 * {@code admin}.
 *
 * <p>Elasticsearch starts from the directories of a distribution, which is on no Maven repository. So the node is put together
 * of those of its parts that are: the engine, HTTP, and security without SAML. Two of its modules are missing;
 * {@link EmailAnalysis} and {@link RootApi} replace what is needed of them.
 */
public final class ElasticsearchServer {

    private static final String ADMINISTRATOR = "admin";

    private ElasticsearchServer() {}

    public static void main(String[] arguments) throws Exception {
        // The node logs to System.out.
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        System.setOut(System.err);
        LogConfigurator.loadLog4jPlugins();
        LogConfigurator.configureESLogging();
        Path home = Files.createTempDirectory("elasticsearch");
        Path config = Files.createDirectory(home.resolve("config"));
        try (SecureString password = new SecureString(ADMINISTRATOR.toCharArray())) {
            String hash = new String(Hasher.BCRYPT4.hash(password));
            Files.writeString(config.resolve("users"), ADMINISTRATOR + ":" + hash);
        }
        Files.writeString(config.resolve("users_roles"), "superuser:" + ADMINISTRATOR);
        Settings settings = Settings.builder()
                .put("path.home", home.toString())
                .put("cluster.name", "headwater")
                .put("node.name", "headwater")
                .put("network.host", "127.0.0.1")
                .put("http.port", "0")
                .put("transport.port", "0")
                .put("discovery.type", "single-node")
                .put("cluster.routing.allocation.disk.threshold_enabled", false)
                .put("xpack.security.enabled", true)
                .put("xpack.security.authc.password_hashing.algorithm", "bcrypt4")
                .put("xpack.security.http.ssl.enabled", true)
                .put("xpack.security.http.ssl.certificate", arguments[0])
                .put("xpack.security.http.ssl.key", arguments[1])
                .build();
        ClassPathNode node = new ClassPathNode(
                settings,
                config,
                List.of(
                        Netty4Plugin.class,
                        XPackPlugin.class,
                        SecurityWithoutSaml.class,
                        EmailAnalysis.class,
                        RootApi.class));
        node.start();
        out.println(node.injector()
                .getInstance(HttpServerTransport.class)
                .info()
                .address()
                .publishAddress()
                .getPort());
        while (System.in.read() >= 0) {
            // What it says does not matter, only that it ends.
        }
        Runtime.getRuntime().halt(0);
    }
}
