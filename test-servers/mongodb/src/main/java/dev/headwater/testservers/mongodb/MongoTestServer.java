package dev.headwater.testservers.mongodb;

import de.bwaldvogel.mongo.MongoServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/**
 * Runs mongo-java-server on the loopback interface until its standard input ends, which it does when the JVM that started it
 * is gone.
 *
 * <p>Arguments: a PKCS #12 file with the server's key under the alias {@code server}, its password, then names and passwords
 * of users. Once it serves, it prints one line with the ports with and without TLS.
 */
public final class MongoTestServer {

    private MongoTestServer() {}

    public static void main(String[] arguments) throws IOException, GeneralSecurityException {
        ScramBackend backend = new ScramBackend();
        for (int i = 2; i < arguments.length; i += 2) {
            backend.addUser(arguments[i], arguments[i + 1]);
        }
        char[] password = arguments[1].toCharArray();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(Path.of(arguments[0]))) {
            store.load(in, password);
        }
        MongoServer secured = new MongoServer(backend);
        secured.enableSsl(
                (PrivateKey) store.getKey("server", password), null, (X509Certificate) store.getCertificate("server"));
        secured.bind("127.0.0.1", 0);
        MongoServer plain = new MongoServer(backend);
        plain.bind("127.0.0.1", 0);
        System.out.println(secured.getLocalAddress().getPort() + " "
                + plain.getLocalAddress().getPort());
        while (System.in.read() >= 0) {
            // What it says does not matter, only that it ends.
        }
        Runtime.getRuntime().halt(0);
    }
}
