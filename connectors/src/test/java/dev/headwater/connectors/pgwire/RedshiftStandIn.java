package dev.headwater.connectors.pgwire;

import dev.headwater.connectors.PostgresServer;
import dev.headwater.connectors.TestCertificates;
import dev.headwater.spi.SecretValue;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * A stub in front of a real PostgreSQL, for want of Redshift: it takes away the startup parameters that Redshift's driver
 * sends and PostgreSQL does not know, ends TLS, and passes the rest on. The database holds views called as those of Redshift
 * that Headwater reads. It has Redshift's protocol and none of its SQL, types or messages.
 */
final class RedshiftStandIn {

    private static final int SSL_REQUEST = 80_877_103;
    private static final int CANCEL_REQUEST = 80_877_102;
    private static final Set<String> KNOWN =
            Set.of("user", "database", "client_encoding", "DateStyle", "search_path", "application_name");

    private static RedshiftStandIn running;

    private final ServerSocket listener;
    private final SSLSocketFactory tls;
    private final int upstream;

    private RedshiftStandIn(TestCertificates certificates, PostgresServer server) {
        upstream = server.port();
        tls = certificates.serverContext().getSocketFactory();
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::acceptAll);
    }

    static synchronized RedshiftStandIn get() {
        if (running == null) {
            PostgresServer server = PostgresServer.get();
            server.run(
                    "postgres",
                    "set password_encryption = 'md5'",
                    "create role redshift login password '" + PostgresServer.PASSWORD + "'",
                    "create database redshift owner redshift",
                    "create database redshift_closed",
                    "revoke connect on database redshift_closed from public");
            server.run("redshift", """
                    create view svv_tables as
                    select current_database()::varchar(128) as table_catalog, n.nspname as table_schema, c.relname as table_name,
                           case c.relkind when 'v' then 'VIEW' when 'f' then 'EXTERNAL TABLE' else 'BASE TABLE' end as table_type,
                           obj_description(c.oid, 'pg_class') as remarks
                    from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'v', 'f')""", """
                    create view svv_columns as
                    select i.*, col_description(c.oid, i.ordinal_position) as remarks
                    from information_schema.columns i
                    join pg_namespace n on n.nspname = i.table_schema
                    join pg_class c on c.relnamespace = n.oid and c.relname = i.table_name""", "grant select on svv_tables, svv_columns to public");
            running = new RedshiftStandIn(TestCertificates.trusted(), server);
        }
        return running;
    }

    /** {@return a config that works, to which a test may add} */
    Map<String, Object> config() {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("host", TestCertificates.SERVER_NAME);
        config.put("port", (long) listener.getLocalPort());
        config.put("database", "redshift");
        config.put("username", "redshift");
        config.put("password", SecretValue.of(PostgresServer.PASSWORD));
        return config;
    }

    private void acceptAll() throws IOException {
        while (true) {
            Socket client = listener.accept();
            start(() -> serve(client));
        }
    }

    private void serve(Socket plain) throws IOException {
        try (Socket server = new Socket(InetAddress.getLoopbackAddress(), upstream)) {
            Socket client = plain;
            byte[] startup = packet(client.getInputStream());
            if (number(startup) == SSL_REQUEST) {
                client.getOutputStream().write('S');
                SSLSocket secured = (SSLSocket) tls.createSocket(plain, null, plain.getPort(), true);
                secured.setUseClientMode(false);
                client = secured;
                startup = packet(client.getInputStream());
            }
            server.getOutputStream()
                    .write(framed(number(startup) == CANCEL_REQUEST ? startup : withoutUnknown(startup)));
            Socket user = client;
            start(() -> pass(server.getInputStream(), user.getOutputStream(), plain));
            pass(client.getInputStream(), server.getOutputStream(), server);
        } finally {
            plain.close();
        }
    }

    private static void pass(InputStream from, OutputStream to, Socket end) throws IOException {
        try (end) {
            byte[] buffer = new byte[8_192];
            for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
                to.write(buffer, 0, read);
                to.flush();
            }
        }
    }

    private static byte[] packet(InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(in);
        byte[] body = new byte[data.readInt() - 4];
        data.readFully(body);
        return body;
    }

    private static int number(byte[] body) {
        return (body[0] & 0xff) << 24 | (body[1] & 0xff) << 16 | (body[2] & 0xff) << 8 | (body[3] & 0xff);
    }

    private static byte[] withoutUnknown(byte[] startup) {
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        kept.write(startup, 0, 4);
        String[] texts = new String(startup, 4, startup.length - 4, StandardCharsets.UTF_8).split("\0");
        for (int i = 0; i + 1 < texts.length; i += 2) {
            if (KNOWN.contains(texts[i])) {
                kept.writeBytes((texts[i] + '\0' + texts[i + 1] + '\0').getBytes(StandardCharsets.UTF_8));
            }
        }
        kept.write(0);
        return kept.toByteArray();
    }

    private static byte[] framed(byte[] body) {
        int length = body.length + 4;
        byte[] framed = new byte[length];
        for (int i = 0; i < 4; i++) {
            framed[i] = (byte) (length >> (24 - 8 * i));
        }
        System.arraycopy(body, 0, framed, 4, body.length);
        return framed;
    }

    private static void start(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // one of the two sides has gone, and the other is closed with it
                    }
                },
                "redshift-stand-in");
        thread.setDaemon(true);
        thread.start();
    }

    private interface Work {
        void run() throws IOException;
    }
}
