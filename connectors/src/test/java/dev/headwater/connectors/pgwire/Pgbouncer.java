package dev.headwater.connectors.pgwire;

import dev.headwater.connectors.PostgresServer;
import dev.headwater.connectors.ServerProcess;
import dev.headwater.connectors.TestCertificates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * PgBouncer, with TLS and SCRAM, in front of the PostgreSQL of the tests; it gives out connections for one transaction each,
 * as Supabase's pooler does. Its directory is in the property {@code pgbouncer.home}.
 */
final class Pgbouncer {

    private Pgbouncer() {}

    /**
     * Starts one.
     *
     * @param databases what it serves, by name, as its configuration has it
     * @param settings further ones
     */
    static void start(int port, Map<String, String> databases, Map<String, String> settings) {
        try {
            Path directory = Files.createTempDirectory("pgbouncer");
            Path users = Files.writeString(
                    directory.resolve("users.txt"),
                    '"' + SupabaseFixture.USER + "\" \"" + PostgresServer.PASSWORD + "\"\n");
            StringBuilder text = new StringBuilder("[databases]\n");
            databases.forEach((name, place) ->
                    text.append(name).append(" = ").append(place).append('\n'));
            text.append("[pgbouncer]\n");
            Map<String, Object> always = Map.of(
                    "listen_addr",
                    "127.0.0.1",
                    "listen_port",
                    port,
                    "unix_socket_dir",
                    "",
                    "pool_mode",
                    "transaction",
                    "auth_type",
                    "scram-sha-256",
                    "auth_file",
                    users,
                    "client_tls_key_file",
                    TestCertificates.trusted().serverKey(),
                    "client_tls_cert_file",
                    TestCertificates.trusted().serverCertificate());
            always.forEach(
                    (key, value) -> text.append(key).append(" = ").append(value).append('\n'));
            settings.forEach(
                    (key, value) -> text.append(key).append(" = ").append(value).append('\n'));
            Path config = Files.writeString(directory.resolve("pgbouncer.ini"), text);
            ServerProcess.startProgram(List.of(
                    Path.of(System.getProperty("pgbouncer.home"), "serve").toString(), config.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
