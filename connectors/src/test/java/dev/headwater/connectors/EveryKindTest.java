package dev.headwater.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.headwater.core.BackgroundSettings;
import dev.headwater.core.DataSourceDraft;
import dev.headwater.core.DataSourceRegistry;
import dev.headwater.core.DataSources;
import dev.headwater.core.KindCatalog;
import dev.headwater.spi.ClientSettings;
import dev.headwater.spi.ConnectorClient;
import dev.headwater.spi.DataSourceRecord;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.FieldDefinition;
import dev.headwater.spi.KindDefinition;
import dev.headwater.spi.TestReport;
import dev.headwater.spi.Violation;
import dev.headwater.testkit.FaultyServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Takes each kind through a registry as its users do. What a connector owes beyond that is in its contract test. */
@DisplayName("A data source of kind")
@ParameterizedClass(name = "{0}")
@MethodSource("kinds")
class EveryKindTest {

    private static final String PLANTED = "planted-in-every-kind";

    /** How long, at the most, what has a deadline of a second may take on a busy machine. */
    private static final Duration SOON = Duration.ofSeconds(10);

    /** What the JDK, JUnit and OkHttp share in all of a JVM, and end when it is not used. */
    private static final List<String> SHARED = List.of(
            "Attach Listener",
            "Cleaner-",
            "ForkJoinPool",
            "Keep-Alive-Timer",
            "OkHttp TaskRunner",
            "Okio Watchdog",
            "PostgreSQL-JDBC-Cleaner",
            "faulty-server",
            "idle-connection-reaper",
            "junit-",
            "process reaper",
            "surefire-");

    private final KindFacts facts;
    private final KindFixture fixture;
    private final KindDefinition kind;

    EveryKindTest(KindFacts facts) {
        this.facts = facts;
        this.fixture = facts.fixture();
        this.kind = KindCatalog.standard().find(facts.kind()).orElseThrow();
    }

    static Stream<KindFacts> kinds() {
        return KindFacts.all().stream();
    }

    private Map<String, Object> config(Map<String, Object> changes) {
        Map<String, Object> config = new LinkedHashMap<>(fixture.workingConfig());
        config.putAll(changes);
        return config;
    }

    /** {@return what the catalog knows of a config} Fixtures of cloud services name their stub beside it. */
    private static Map<String, Object> known(Map<String, Object> config) {
        Map<String, Object> known = new LinkedHashMap<>(config);
        known.keySet().removeIf(key -> key.startsWith(BesideTheConfig.PREFIX));
        return known;
    }

    private DataSourceRegistry registry(Map<String, Object> config, Duration timeout) {
        return DataSourceRegistry.builder()
                .connectors(List.of(new BesideTheConfig(fixture.connector(), config)))
                .background(BackgroundSettings.off())
                .testTimeouts(timeout, timeout.multipliedBy(2))
                .build();
    }

    private DataSourceDraft draft(Map<String, Object> config) {
        return DataSourceDraft.of(kind.id(), "every_kind").withConfig(known(config));
    }

    private TestReport test(Map<String, Object> changes, Duration timeout) {
        Map<String, Object> config = config(changes);
        try (DataSourceRegistry registry = registry(config, timeout)) {
            return registry.environment("production").test(draft(config));
        }
    }

    private static FailureCode code(TestReport report) {
        TestReport.StepResult failure = report.failure().orElseThrow();
        assertThat(failure.hint()).isNotBlank();
        return failure.code();
    }

    @Test
    @DisplayName("passes its test, gives its schema, and is worked with")
    void works() throws Exception {
        Map<String, Object> config = config(Map.of());
        try (DataSourceRegistry registry = registry(config, Targets.TIMEOUT)) {
            DataSources sources = registry.environment("production");
            DataSourceRecord record = sources.create(draft(config));
            TestReport report = sources.test(record.id());
            assertThat(report.passed()).as("%s", report).isTrue();
            assertThat(sources.sync(record.id()).get().tables()).contains(fixture.knownTable());
            use(sources);
        }
    }

    private void use(DataSources sources) throws Exception {
        Object client = sources.connections().client("every_kind", Object.class);
        if (client instanceof DataSource pool) {
            try (Connection connection = pool.getConnection()) {
                assertThat(connection.isClosed()).isFalse();
            }
        }
        assertThat(sources.connections().state("every_kind"))
                .hasValueSatisfying(state -> assertThat(state.lastFailure()).isEmpty());
    }

    @Test
    @DisplayName("is not valid without each field that it must have, and says which")
    void required() {
        Map<String, Object> config = known(fixture.workingConfig());
        assertThat(KindCatalog.standard().validate(kind.id(), config).violations())
                .isEmpty();
        for (FieldDefinition field : kind.fields()) {
            if (field.required()) {
                Map<String, Object> without = new LinkedHashMap<>(config);
                without.remove(field.key());
                List<Violation> violations =
                        KindCatalog.standard().validate(kind.id(), without).violations();
                assertThat(violations).as("without %s", field.key()).anySatisfy(violation -> {
                    assertThat(violation.field()).isEqualTo(field.key());
                    assertThat(violation.code()).isEqualTo("required");
                });
            }
        }
    }

    @Test
    @DisplayName("says that its credentials are wrong, and not what they are")
    void wrongCredentials() {
        Optional<Map<String, Object>> changes = fixture.wrongCredentials(PLANTED);
        if (changes.isPresent()) {
            TestReport report = test(changes.get(), Targets.TIMEOUT);
            assertThat(code(report)).as("%s", report).isEqualTo(FailureCode.WRONG_CREDENTIALS);
            assertThat(report.toString()).doesNotContain(PLANTED);
        }
    }

    @Test
    @DisplayName("says that nobody listens")
    void unreachable() throws IOException {
        // Bound and not listening: nobody else gets the port meanwhile.
        try (Socket nobody = new Socket()) {
            nobody.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            Optional<Map<String, Object>> changes = fixture.atPort(nobody.getLocalPort());
            if (changes.isPresent()) {
                TestReport report = test(changes.get(), Targets.TIMEOUT);
                assertThat(code(report)).as("%s", report).isEqualTo(FailureCode.CONNECTION_REFUSED);
                assertThat(report.failure().orElseThrow().step()).isEqualTo(TestReport.Step.REACH);
            }
        }
    }

    @Test
    @DisplayName("is given up in time when its server is silent, and leaves no connection there")
    void blackHole() {
        fixture.workingConfig();
        try (FaultyServer server = FaultyServer.blackHole()) {
            Optional<Map<String, Object>> changes = fixture.atPort(server.port());
            if (changes.isPresent()) {
                TestReport report = test(changes.get(), Duration.ofSeconds(1));
                assertThat(code(report)).as("%s", report).isEqualTo(FailureCode.TIMED_OUT);
                assertThat(report.took()).isLessThan(SOON);
                Await.until(() -> server.open() == 0);
            }
        }
    }

    @Test
    @DisplayName("leaves no thread behind when it was worked with, or could not be")
    void threads() throws IOException {
        // The first time, drivers start what they share in all of the JVM.
        useAll();
        Set<Thread> before = Threads.all();
        useAll();
        try {
            Await.until(() -> left(before).isEmpty());
        } catch (AssertionError e) {
            throw new AssertionError("left behind: " + left(before), e);
        }
    }

    private void useAll() throws IOException {
        try (FaultyServer server = FaultyServer.blackHole()) {
            fixture.atPort(server.port()).ifPresent(changes -> test(changes, Duration.ofMillis(300)));
        }
        assertThatCode(this::works).doesNotThrowAnyException();
        try (ConnectorClient client = fixture.connector()
                .client(Targets.target(kind.id(), fixture.workingConfig()), new ClientSettings("every-kind", 2))) {
            assertThat(client.inUse()).isZero();
        }
    }

    /** {@return the new threads, but for those that its driver, its test server and libraries share, and end themselves} */
    private Set<String> left(Set<Thread> before) {
        List<String> kept = new ArrayList<>(SHARED);
        Stream.of(facts.properties().getProperty("shared-threads", "").split(","))
                .filter(prefix -> !prefix.isBlank())
                .map(String::strip)
                .forEach(kept::add);
        return Threads.all().stream()
                .filter(thread -> !before.contains(thread))
                .map(Thread::getName)
                .filter(name -> kept.stream().noneMatch(name::startsWith))
                .collect(Collectors.toSet());
    }
}
