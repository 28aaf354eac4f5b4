package dev.headwater.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.connectors.Connectors;
import dev.headwater.core.DataSourceDraft;
import dev.headwater.core.DataSourceRegistry;
import dev.headwater.core.DataSources;
import dev.headwater.core.DirectorySecrets;
import dev.headwater.core.EncryptionKeys;
import dev.headwater.spi.Caller;
import dev.headwater.spi.DataSourceRecord;
import dev.headwater.spi.EnvironmentId;
import dev.headwater.spi.FieldDefinition;
import dev.headwater.spi.KindDefinition;
import dev.headwater.spi.PageQuery;
import dev.headwater.spi.SecretValue;
import dev.headwater.store.jdbc.JdbcStore;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A secret, of any field of any kind,")
class SecretsStayHiddenTest {

    private static final Hideout HIDEOUT = new Hideout();

    static final String LINKED = HIDEOUT.plant();
    static final String LINKED_IN_JSON = "inner " + LINKED.replace('\\', '/');

    private static final EnvironmentId PRODUCTION = EnvironmentId.of("production");
    private static final Caller CALLER = new Caller("anna", Map.of("token", HIDEOUT.plant()));

    private static final SecretValue KEY = EncryptionKeys.generateKey();
    private static final SecretValue NEXT_KEY = EncryptionKeys.generateKey();
    private static final Logger ROOT = Logger.getLogger("");
    private static final Handler EAR = new Ear();

    private static final List<String> UNRESOLVED = new ArrayList<>();
    private static int fields;
    private static Level levelBefore;
    private static String dump;

    /** Where the registry's files are. */
    @TempDir
    static Path database;

    /** Where the secrets are that are linked to, which is the one place where they may be found. */
    @TempDir
    static Path secrets;

    @TempDir
    static Path server;

    @BeforeAll
    static void live() throws Exception {
        levelBefore = ROOT.getLevel();
        ROOT.setLevel(Level.ALL);
        ROOT.addHandler(EAR);
        Files.writeString(secrets.resolve("planted"), LINKED);
        Files.writeString(secrets.resolve("planted-json"), "{\"inner\": \"" + LINKED_IN_JSON + "\"}");
        EncryptionKeys first =
                EncryptionKeys.builder().primary("first", KEY.reveal()).build();
        try (DataSourceRegistry registry = open(first)) {
            DataSources sources = registry.environment(PRODUCTION, CALLER);
            for (KindDefinition kind : registry.kinds().all()) {
                for (FieldDefinition field : kind.fields()) {
                    if (field.secret()) {
                        fields++;
                        UNRESOLVED.addAll(new SecretLife(HIDEOUT, registry.kinds(), sources, kind, field).live());
                    }
                }
            }
            refusedByPostgres(sources);
            Thread.getAllStackTraces().keySet().forEach(HIDEOUT::hear);
            HIDEOUT.hear(registry);
            HIDEOUT.hear(sources);
        }
        rotate();
        openWithWrongKey();
        dump = dump();
    }

    private static DataSourceRegistry open(EncryptionKeys keys) {
        return DataSourceRegistry.builder()
                .store(JdbcStore.builder().url(url()).open())
                .encryptionKeys(keys)
                .secretStore("files", DirectorySecrets.in(secrets))
                .connectors(Connectors.all())
                .listener((commit, first) -> HIDEOUT.hear(commit))
                .build();
    }

    /** H2 writes every statement with its values to a file of its own. */
    private static String url() {
        return "jdbc:h2:file:" + database.resolve("registry") + ";TRACE_LEVEL_FILE=3";
    }

    /** A server that takes the password, finds it wrong and says so, in all the ways to get there. */
    private static void refusedByPostgres(DataSources sources) throws Exception {
        try (DemoPostgres postgres = DemoPostgres.start(server)) {
            DataSourceRecord record = sources.create(DataSourceDraft.of("postgresql", "refused")
                    .with("host", "127.0.0.1")
                    .with("port", postgres.port())
                    .with("database", "shop")
                    .with("username", DemoPostgres.USER)
                    .with("ssl.enabled", false)
                    .with("password", HIDEOUT.plant()));
            HIDEOUT.hear(sources.test(record.id()));
            refused(() -> sources.sync(record.id()).join());
            HIDEOUT.hear(sources.observations(record.id()));
            DataSource pool = sources.connections().dataSource("refused");
            HIDEOUT.hear(pool);
            refused(() -> {
                try {
                    pool.getConnection().close();
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
        }
    }

    private static void refused(Runnable attempt) {
        try {
            attempt.run();
        } catch (RuntimeException e) {
            HIDEOUT.hear(e);
            return;
        }
        throw new IllegalStateException("this should have been refused");
    }

    private static void rotate() {
        EncryptionKeys both = EncryptionKeys.builder()
                .primary("next", NEXT_KEY.reveal())
                .add("first", KEY.reveal())
                .build();
        HIDEOUT.hear(both);
        try (DataSourceRegistry registry = open(both)) {
            HIDEOUT.hear(registry.reencrypt(HIDEOUT::hear));
        }
    }

    private static void openWithWrongKey() {
        EncryptionKeys wrong = EncryptionKeys.builder()
                .primary("next", EncryptionKeys.generateKey().reveal())
                .build();
        try (DataSourceRegistry registry = open(wrong)) {
            DataSources sources = registry.environment(PRODUCTION, CALLER);
            DataSourceRecord record = sources.list(PageQuery.first(1)).items().get(0);
            refused(() -> sources.resolve(record.id()));
            HIDEOUT.hear(sources.test(record.id()));
        }
    }

    private static String dump() throws SQLException, IOException {
        Path file = database.resolve("dump.sql");
        try (Connection connection = DriverManager.getConnection(url());
                Statement statement = connection.createStatement()) {
            statement.execute("script to '" + file + "'");
        }
        return Files.readString(file);
    }

    @AfterAll
    static void stopListening() {
        ROOT.removeHandler(EAR);
        ROOT.setLevel(levelBefore);
    }

    @Test
    @DisplayName("is given back by resolve")
    void resolved() {
        assertThat(fields).isGreaterThan(28);
        assertThat(UNRESOLVED).isEmpty();
    }

    @Test
    @DisplayName("is in nothing that the registry returns, throws, or tells its listeners")
    void heard() {
        assertThat(HIDEOUT.heard()).isGreaterThan(100_000);
        assertThat(HIDEOUT.betrayals()).isEmpty();
    }

    @Test
    @DisplayName("is in no log, at the finest level")
    void logs() throws IOException {
        Path log = Path.of(System.getProperty("org.slf4j.simpleLogger.logFile"));
        assertThat(log).content(StandardCharsets.UTF_8).contains("DEBUG", "HikariPool");
        assertThat(Hideout.inFile(log)).isEmpty();
    }

    @Test
    @DisplayName("is in no file of the database")
    void files() {
        assertThat(database.resolve("registry.mv.db")).isNotEmptyFile();
        assertThat(database.resolve("registry.trace.db")).content().contains("postgresql_password");
        assertThat(Hideout.inFiles(database)).isEmpty();
    }

    @Test
    @DisplayName("is in no dump of the database")
    void dumped() {
        assertThat(dump).contains("postgresql_password", "INSERT INTO");
        assertThat(Hideout.found("dump", dump.getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    @Test
    @DisplayName("would be found, were it there in plain, in hexadecimal, in Base64 or in two bytes a character")
    void searchFinds() {
        String secret = HIDEOUT.plant();
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        assertThat(Hideout.found("", bytes)).isNotEmpty();
        assertThat(Hideout.found("", secret.getBytes(StandardCharsets.UTF_16LE)))
                .isNotEmpty();
        for (String before : List.of("", "a", "ab")) {
            String base64 = Base64.getEncoder().encodeToString((before + secret).getBytes(StandardCharsets.UTF_8));
            assertThat(Hideout.found("", base64.getBytes(StandardCharsets.US_ASCII)))
                    .isNotEmpty();
        }
        String hex = HexFormat.of().formatHex(bytes);
        assertThat(Hideout.found("", hex.getBytes(StandardCharsets.US_ASCII))).isNotEmpty();
        String url = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        assertThat(Hideout.found("", url.getBytes(StandardCharsets.US_ASCII))).isNotEmpty();
    }

    /** Hears what is logged by java.util.logging, as the PostgreSQL driver does. */
    private static final class Ear extends Handler {

        @Override
        public void publish(LogRecord record) {
            HIDEOUT.hear(record.getMessage());
            HIDEOUT.hear(Arrays.toString(record.getParameters()));
            if (record.getThrown() != null) {
                HIDEOUT.hear(record.getThrown());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
