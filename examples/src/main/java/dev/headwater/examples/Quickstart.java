package dev.headwater.examples;

import dev.headwater.connectors.Connectors;
import dev.headwater.core.DataSourceDraft;
import dev.headwater.core.DataSourcePatch;
import dev.headwater.core.DataSourceRegistry;
import dev.headwater.core.DataSources;
import dev.headwater.core.DirectorySecrets;
import dev.headwater.core.EncryptionKeys;
import dev.headwater.core.VersionConflictException;
import dev.headwater.core.WriteOptions;
import dev.headwater.spi.Caller;
import dev.headwater.spi.DataSourceRecord;
import dev.headwater.spi.Deployment;
import dev.headwater.spi.EnvironmentId;
import dev.headwater.spi.LinkedSecretRef;
import dev.headwater.spi.Observations;
import dev.headwater.spi.PageQuery;
import dev.headwater.spi.SchemaSnapshot;
import dev.headwater.spi.SecretValue;
import dev.headwater.spi.ValidationException;
import dev.headwater.store.jdbc.JdbcStore;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A registry from its opening to its return, in one run: {@code mvn -q -pl examples -am -Pquickstart compile}. It works
 * in {@code target/quickstart}, which it makes anew.
 */
public final class Quickstart {

    private static final EnvironmentId PRODUCTION = EnvironmentId.of("production");
    private static final Caller ANNA = Caller.of("anna");
    private static final Caller BEN = Caller.of("ben");

    /** Nothing listens there, on any machine. */
    private static final int CLOSED_PORT = 1;

    private final QuickstartFiles files;
    private final SecretValue key;
    private final SecretValue billingPassword;
    private final Console console;
    private final Tables tables;

    /**
     * @param directory where to work; emptied first
     * @param key 32 bytes as Base64; a host has it from its own secret manager
     * @param billingPassword a password to seal
     * @param ordersPassword a password to write to a file, and to link to
     */
    Quickstart(
            Path directory, SecretValue key, SecretValue billingPassword, SecretValue ordersPassword, PrintStream out)
            throws IOException {
        this.files = QuickstartFiles.makeAnew(directory, ordersPassword);
        this.key = key;
        this.billingPassword = billingPassword;
        this.console = new Console(out);
        this.tables = new Tables(console);
    }

    /** Runs it. */
    public static void main(String[] args) throws Exception {
        new Quickstart(
                        Path.of("target", "quickstart"),
                        EncryptionKeys.generateKey(),
                        EncryptionKeys.generateKey(),
                        EncryptionKeys.generateKey(),
                        System.out)
                .run();
    }

    void run() throws SQLException {
        console.title("Headwater quickstart");
        console.section("Open a registry");
        console.say("Data sources are kept in an H2 file; PostgreSQL, MariaDB and MySQL work alike. Literal secrets are"
                + " sealed under the key quickstart-1; linked ones are read from the files of a directory.");
        try (DataSourceRegistry registry = open()) {
            DataSources sources = registry.environment(PRODUCTION, ANNA);
            create(sources);
            test(sources);
            sync(sources);
            change(sources);
            mistakes(sources);
            deploy(sources);
            history(sources);
        }
        try (DataSourceRegistry registry = open()) {
            again(registry.environment(PRODUCTION, BEN));
        }
    }

    private DataSourceRegistry open() {
        return DataSourceRegistry.builder()
                .store(JdbcStore.builder().url(files.storeUrl()).open())
                .encryptionKeys(EncryptionKeys.builder()
                        .primary("quickstart-1", key.reveal())
                        .build())
                .secretStore("files", DirectorySecrets.in(files.secrets()))
                .connectors(Connectors.all())
                .build();
    }

    private void create(DataSources sources) {
        console.section("Create data sources");
        console.say("rivers is a DuckDB file, opened read-only. orders and billing are PostgreSQL servers that are down"
                + " today: the password of orders is linked to a secret, that of billing is given as it is. The keys of"
                + " billing are those of a config made for Chalk.");
        sources.create(DataSourceDraft.of("duckdb", "rivers")
                .with("database", files.sample().toString())
                .with("extraProperties.access_mode", "READ_ONLY")
                .withDisplayName("Rivers of the world")
                .withLabel("team", "geography"));
        DataSourceRecord orders = sources.create(DataSourceDraft.of("postgresql", "orders")
                .with("host", "127.0.0.1")
                .with("port", CLOSED_PORT)
                .with("database", "orders")
                .with("username", "reporting")
                .with("password", LinkedSecretRef.of("orders-password"))
                .withDisplayName("Orders"));
        DataSourceRecord billing = sources.create(DataSourceDraft.of("postgresql", "billing")
                .with("PGHOST", "127.0.0.1")
                .with("PGPORT", String.valueOf(CLOSED_PORT))
                .with("PGDATABASE", "billing")
                .with("PGUSER", "reporting")
                .with("PGPASSWORD", billingPassword)
                .withDisplayName("Billing"));
        tables.records(sources.list(PageQuery.first(10)).items());
        console.say("A record never holds a secret. This is all of orders, and all of billing:");
        tables.config(orders);
        tables.config(billing);
    }

    private void test(DataSources sources) {
        console.section("Test connections");
        console.say("A test goes step by step, within a deadline that no driver outlasts. rivers passes:");
        tables.test(sources.test(sources.getByName("rivers").id()));
        console.say("orders fails, and says where and what to do:");
        DataSourceRecord orders = sources.getByName("orders");
        tables.test(sources.test(orders.id()));
        console.say("A test may try changes first. A stored secret never goes to another server that way:");
        tables.test(sources.test(orders.id(), DataSourcePatch.setting("host", "elsewhere.example")));
    }

    private void sync(DataSources sources) {
        console.section("Read the schema");
        DataSourceRecord rivers = sources.getByName("rivers");
        SchemaSnapshot snapshot = sources.sync(rivers.id()).join();
        console.say("A sync reads tables, columns and types in the background, and stores them:");
        tables.schema(snapshot);
        Observations seen = sources.observations(rivers.id());
        console.say("rivers is " + seen.health().status() + ", its sync "
                + seen.sync().status() + ".");
    }

    private void change(DataSources sources) {
        console.section("Change one");
        DataSourceRecord orders = sources.getByName("orders");
        DataSourceRecord changed = sources.update(
                orders.id(),
                DataSourcePatch.setting("pool.max_size", 4).setLabel("team", "sales"),
                WriteOptions.ifVersion(orders.version()).because("four connections will do"));
        console.say("An update names what changes, and the version that it saw: orders went from version "
                + orders.version() + " to " + changed.version() + ". Its password stays linked.");
        tables.config(changed);
    }

    private void mistakes(DataSources sources) {
        console.section("Mistakes");
        console.say("A draft with several problems is told all of them at once:");
        try {
            sources.create(DataSourceDraft.of("postgresql", "new-orders")
                    .with("hots", "db.example.com")
                    .with("port", 99_999)
                    .with("database", "orders")
                    .with("password", billingPassword));
        } catch (ValidationException e) {
            said(e);
        }
        console.say("Anna reads orders, Ben changes it, and Anna's change would undo his:");
        DataSourceRecord seen = sources.getByName("orders");
        sources.as(BEN)
                .update(
                        seen.id(),
                        DataSourcePatch.setting("pool.max_size", 8),
                        WriteOptions.DEFAULT.because("month's end"));
        try {
            sources.update(
                    seen.id(), DataSourcePatch.setting("pool.max_size", 2), WriteOptions.ifVersion(seen.version()));
        } catch (VersionConflictException e) {
            said(e);
        }
    }

    private void said(RuntimeException e) {
        console.quote(e.getClass().getSimpleName() + ": " + e.getMessage());
    }

    private void deploy(DataSources sources) throws SQLException {
        console.section("Deploy, and use it");
        Deployment deployment = sources.deploy();
        console.say("Deployment " + deployment.number() + " puts commit " + deployment.commit() + " in use, with "
                + sources.deployed().all().size() + " data sources. A javax.sql.DataSource over a pool answers:");
        tables.query(sources.connections().dataSource("rivers"), """
                select r.name, r.length_km, r.discharge_m3, r.flows_into, count(*) as countries
                from river r join course c on c.river_id = r.id
                group by all
                having count(*) > 5
                order by countries desc, r.length_km desc
                """);
    }

    private void history(DataSources sources) {
        console.section("Who did what");
        console.say("Every write is a commit; the log of an environment has no gaps, and names fields, not values:");
        tables.history(sources.history(Long.MAX_VALUE, 20));
    }

    private void again(DataSources sources) {
        console.section("Close, and open again");
        console.say("The registry was closed, and with it every pool. Another one, on the same file:");
        tables.records(sources.list(PageQuery.first(10)).items());
        DataSourceRecord billing = sources.getByName("billing");
        @Nullable
        String password = sources.resolve(billing.id()).text("password").orElse(null);
        DataSourceRecord rivers = sources.getByName("rivers");
        SchemaSnapshot schema = sources.schema(rivers.id()).orElseThrow();
        console.table(
                List.of("what", "is there"),
                List.of(
                        List.of(
                                "the secret of billing",
                                Objects.equals(password, billingPassword.reveal()) ? "yes, and the same" : "no"),
                        List.of(
                                "the schema of rivers",
                                schema.tables().size() + " tables, " + schema.columnCount() + " columns"),
                        List.of(
                                "the history",
                                sources.history(Long.MAX_VALUE, 100).size() + " commits"),
                        List.of(
                                "the deployment",
                                sources.deployed()
                                        .deployment()
                                        .map(deployed -> "number " + deployed.number() + " at commit "
                                                + deployed.commit() + ", by "
                                                + deployed.stamp().by())
                                        .orElse("none")),
                        List.of("a test of rivers", sources.test(rivers.id()).passed() ? "passes" : "fails")));
        console.say(
                "All of it is in " + files.directory() + " of the examples module; the code is in its src/main/java.");
    }
}
