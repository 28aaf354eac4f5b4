package dev.headwater.testservers.opensearch;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.codelibs.opensearch.runner.OpenSearchRunner;
import org.opensearch.common.settings.Settings;
import org.opensearch.http.HttpInfo;

/**
 * Runs one node of OpenSearch with its security plug-in and TLS on the loopback interface until its standard input ends,
 * which it does when the JVM that started it is gone. Once it serves, it prints one line with its port; the plug-in makes its
 * index after that, and answers with status 503 until it is there.
 *
 * <p>Arguments: the server's certificate and its key, both as PEM. The administrator is that of the plug-in's own examples,
 * {@code admin} with the password {@code admin}.
 */
public final class OpenSearchServer {

    private static final String PLUGIN = "org.opensearch.security.OpenSearchSecurityPlugin";

    private OpenSearchServer() {}

    public static void main(String[] arguments) throws IOException, ClassNotFoundException, URISyntaxException {
        // The node logs to System.out.
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        System.setOut(System.err);
        Path directory = Files.createTempDirectory("opensearch");
        Path config = Files.createDirectories(directory.resolve("node_1").resolve("config"));
        copyExamples(Files.createDirectory(config.resolve("opensearch-security")));
        // The plug-in reads no files from elsewhere.
        Path certificate = Files.copy(Path.of(arguments[0]), config.resolve("server.pem"));
        Path key = Files.copy(Path.of(arguments[1]), config.resolve("server.key"));
        OpenSearchRunner runner = new OpenSearchRunner();
        runner.onBuild((number, settings) -> {
            settings.put("http.port", "0");
            settings.put("transport.port", "0");
            settings.put("network.host", "127.0.0.1");
            settings.put("discovery.type", "single-node");
            settings.putList("discovery.seed_hosts");
            secure(settings, certificate.toString(), key.toString());
        });
        runner.build(OpenSearchRunner.newConfigs()
                .clusterName("headwater")
                .numOfNode(1)
                .baseHttpPort(9200)
                .basePath(directory.toString())
                .pluginTypes(PLUGIN)
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

    private static void secure(Settings.Builder settings, String certificate, String key) {
        settings.put("plugins.security.allow_default_init_securityindex", true);
        settings.putList("plugins.security.restapi.roles_enabled", "all_access");
        settings.put("plugins.security.password.hashing.bcrypt.rounds", 4);
        settings.put("plugins.security.ssl.http.enabled", true);
        for (String layer : new String[] {"http", "transport"}) {
            settings.put("plugins.security.ssl." + layer + ".pemcert_filepath", certificate);
            settings.put("plugins.security.ssl." + layer + ".pemkey_filepath", key);
            settings.put("plugins.security.ssl." + layer + ".pemtrustedcas_filepath", certificate);
        }
    }

    /** Users and roles to begin with, which come with the plug-in, beside its jar. */
    private static void copyExamples(Path to) throws IOException, ClassNotFoundException, URISyntaxException {
        Path jar = Path.of(Class.forName(PLUGIN)
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (DirectoryStream<Path> examples = Files.newDirectoryStream(jar.resolveSibling("config"), "*.yml")) {
            for (Path example : examples) {
                Files.copy(example, to.resolve(example.getFileName()));
            }
        }
    }
}
