package dev.headwater.examples;

import dev.headwater.connectors.Connectors;
import dev.headwater.core.AccessDeniedException;
import dev.headwater.core.ConnectionTestFailedException;
import dev.headwater.core.DataSourceDraft;
import dev.headwater.core.DataSourceNotFoundException;
import dev.headwater.core.DataSourcePatch;
import dev.headwater.core.DataSourceRegistry;
import dev.headwater.core.DataSources;
import dev.headwater.core.EncryptionKeys;
import dev.headwater.core.NamePolicy;
import dev.headwater.core.ReencryptionReport;
import dev.headwater.core.WriteOptions;
import dev.headwater.spi.Caller;
import dev.headwater.spi.Commit;
import dev.headwater.spi.DataSourceRecord;
import dev.headwater.spi.EnvironmentId;
import dev.headwater.spi.HeadwaterException;
import dev.headwater.spi.PageQuery;
import dev.headwater.spi.SecretValue;
import dev.headwater.store.jdbc.JdbcStore;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A small BI service that embeds a registry, with users, teams, an audit trail, and keys that rotate, on a real
 * PostgreSQL: {@code mvn -q -pl examples -am -Pembedding-example compile}.
 */
public final class EmbeddingExample {

    private static final EnvironmentId ACME = EnvironmentId.of("acme");
    private static final Caller LENA = TeamPolicy.editor("lena", "sales");
    private static final Caller VIC = TeamPolicy.viewer("vic", "sales");
    private static final Caller OMAR = TeamPolicy.editor("omar", "finance");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final DemoPostgres postgres;
    private final Console console;
    private final Tables tables;
    private final SecretValue oldKey = EncryptionKeys.generateKey();
    private final SecretValue newKey = EncryptionKeys.generateKey();
    private final AuditTrail audit = new AuditTrail();

    EmbeddingExample(DemoPostgres postgres, PrintStream out) {
        this.postgres = postgres;
        this.console = new Console(out);
        this.tables = new Tables(console);
    }

    /** Runs it. */
    public static void main(String[] args) throws Exception {
        try (DemoPostgres postgres = DemoPostgres.start(Path.of("target", "embedding-example"))) {
            new EmbeddingExample(postgres, System.out).run();
        }
    }

    void run() throws Exception {
        console.title("A BI service that embeds Headwater");
        EncryptionKeys before =
                EncryptionKeys.builder().primary("key-2025", oldKey.reveal()).build();
        try (DataSourceRegistry registry = open(before)) {
            connect(registry.environment(ACME, LENA));
            seeAndNotSee(registry.environment(ACME, OMAR));
            chart(registry);
            rollBack(registry.environment(ACME, Caller.HOST));
            audit();
        }
        rotate();
    }

    private DataSourceRegistry open(EncryptionKeys keys) {
        return DataSourceRegistry.builder()
                .store(JdbcStore.builder().dataSource(postgres.headwater()).open())
                .encryptionKeys(keys)
                .connectors(Connectors.all())
                .accessPolicy(new TeamPolicy())
                .namePolicy(NamePolicy.matching("[a-z][a-z0-9-]*", "lower case letters, digits and hyphens"))
                .listener(audit)
                .build();
    }

    private DataSourceDraft shop(String name, String team) {
        return DataSourceDraft.of("postgresql", name)
                .with("host", "127.0.0.1")
                .with("port", postgres.port())
                .with("database", "shop")
                .with("username", DemoPostgres.USER)
                .with("ssl.enabled", false)
                .with("password", postgres.password())
                .withLabel(TeamPolicy.TEAM, team);
    }

    private void connect(DataSources lenas) {
        console.section("A user connects a database");
        console.say("The service stores only what works. Lena mistypes the password first:");
        DataSourceDraft shop = shop("shop", "sales");
        refused(() -> lenas.create(
                shop.with("password", SecretValue.of("kettle")), WriteOptions.DEFAULT.requirePassingTest()));
        DataSourceRecord created = lenas.create(shop, WriteOptions.DEFAULT.requirePassingTest());
        console.say("Then it passes, and is stored as version " + created.version() + ".");
        tables.config(created);
        lenas.sync(created.id()).join();
    }

    private void seeAndNotSee(DataSources omars) {
        console.section("Teams");
        omars.create(shop("ledger", "finance"));
        console.say("Omar of finance added ledger. What Lena of sales sees, and what she is told of ledger:");
        DataSources lenas = omars.as(LENA);
        tables.records(lenas.list(PageQuery.first(50)).items());
        refused(() -> lenas.getByName("ledger"));
        console.say("Vic of sales may look at shop, and not change it:");
        DataSources vics = omars.as(VIC);
        DataSourceRecord shop = vics.getByName("shop");
        refused(() -> vics.update(shop.id(), DataSourcePatch.NONE.setDescription("mine")));
        console.say("The service itself sees all of them, and can ask by label:");
        PageQuery ofFinance = new PageQuery(Set.of(), Map.of(TeamPolicy.TEAM, "finance"), Set.of(), null, 50);
        tables.records(omars.as(Caller.HOST).list(ofFinance).items());
    }

    /** The viewer has to see the data source; the connection is the service's. */
    private void chart(DataSourceRegistry registry) throws SQLException {
        console.section("A chart");
        DataSourceRecord shop = registry.environment(ACME, VIC).getByName("shop");
        console.say("Vic opens a chart of " + shop.name() + "; the service runs its query through the pool:");
        tables.query(
                registry.environment(ACME, Caller.HOST).connections().dataSource(shop.name()),
                "select product, count(*) as sold, sum(price) as total from purchase group by product order by total desc");
    }

    private void rollBack(DataSources hosts) {
        console.section("A bad change, taken back");
        long good = hosts.deploy().commit();
        DataSourceRecord shop = hosts.getByName("shop");
        hosts.as(LENA)
                .update(shop.id(), DataSourcePatch.setting("database", "shpo").setDescription("moved"));
        hosts.as(OMAR).delete(hosts.getByName("ledger").id());
        console.say("Lena mistyped the database, and Omar deleted ledger. shop now fails its test:");
        tables.test(hosts.test(shop.id()));
        List<Commit> undone = hosts.rollback(good, null);
        console.say("A rollback to commit " + good + " commits anew what stood then, in one transaction. shop "
                + (hosts.test(shop.id()).passed() ? "passes" : "fails") + " again:");
        tables.history(undone);
    }

    private void audit() throws InterruptedException {
        console.section("What the service heard");
        audit.next(6, PATIENCE).forEach(console::say);
    }

    private void rotate() {
        console.section("Keys rotate");
        EncryptionKeys both = EncryptionKeys.builder()
                .primary("key-2026", newKey.reveal())
                .add("key-2025", oldKey.reveal())
                .build();
        try (DataSourceRegistry registry = open(both)) {
            ReencryptionReport report = registry.reencrypt(progress -> {});
            console.say("key-2026 is primary now, and every secret was sealed anew under it:");
            console.table(
                    List.of("scanned", "resealed", "skipped", "failed", "remaining"),
                    List.of(List.of(
                            String.valueOf(report.scanned()),
                            String.valueOf(report.resealed()),
                            String.valueOf(report.skipped()),
                            String.valueOf(report.failed()),
                            String.valueOf(report.remaining()))));
        }
        EncryptionKeys only =
                EncryptionKeys.builder().primary("key-2026", newKey.reveal()).build();
        try (DataSourceRegistry registry = open(only)) {
            DataSources hosts = registry.environment(ACME, Caller.HOST);
            boolean passes = hosts.test(hosts.getByName("shop").id()).passed();
            console.say("key-2025 is gone, and the test of shop " + (passes ? "passes" : "fails") + ".");
        }
    }

    /** Does what must not work, and shows what the caller is told. */
    private void refused(Runnable attempt) {
        try {
            attempt.run();
        } catch (ConnectionTestFailedException | DataSourceNotFoundException | AccessDeniedException e) {
            told(e);
            return;
        }
        throw new IllegalStateException("this should have been refused");
    }

    private void told(HeadwaterException e) {
        console.quote(e.code() + ": " + e.getMessage());
    }
}
