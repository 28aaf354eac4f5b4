package dev.headwater.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.core.BackgroundSettings;
import dev.headwater.core.DataSourceDraft;
import dev.headwater.core.DataSourceRegistry;
import dev.headwater.core.DataSources;
import dev.headwater.core.KindCatalog;
import dev.headwater.spi.DataSourceRecord;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.SecretValue;
import dev.headwater.spi.TestReport;
import dev.headwater.testkit.FaultyServer;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Takes each kind that has the fields through a real SSH server; what tunnels owe beyond that is in SshTunnelTest. */
@DisplayName("An SSH tunnel to a data source of kind")
@ParameterizedClass(name = "{0}")
@MethodSource("kinds")
class EveryTunnelTest {

    private final SshBastion bastion = new SshBastion();
    private final KindFixture fixture;
    private final Map<String, Object> config;

    EveryTunnelTest(KindFacts facts) {
        fixture = facts.fixture();
        config = new LinkedHashMap<>(fixture.workingConfig());
        config.put("ssh.enabled", true);
        config.put("ssh.host", "127.0.0.1");
        config.put("ssh.port", (long) bastion.port());
        config.put("ssh.username", SshBastion.USER);
        config.put("ssh.password", SecretValue.of(SshBastion.PASSWORD));
    }

    static Stream<KindFacts> kinds() {
        return KindFacts.all().stream()
                .filter(facts -> KindCatalog.standard().find(facts.kind()).orElseThrow().fields().stream()
                        .anyMatch(field -> field.key().equals("ssh.enabled")));
    }

    @AfterEach
    void nothingIsLeft() {
        Await.until(() -> bastion.open() == 0 && Threads.named("headwater-ssh").isEmpty());
        bastion.close();
    }

    private DataSourceRegistry registry(Duration timeout) {
        return DataSourceRegistry.builder()
                .connectors(List.of(fixture.connector()))
                .background(BackgroundSettings.off())
                .testTimeouts(timeout, timeout.multipliedBy(2))
                .build();
    }

    private DataSourceDraft draft() {
        return DataSourceDraft.of(fixture.kind(), "tunnelled").withConfig(config);
    }

    @Test
    @DisplayName("carries its test, its schema and its pool, and nothing goes past it")
    void works() throws Exception {
        try (DataSourceRegistry registry = registry(Targets.TIMEOUT)) {
            DataSources sources = registry.environment("production");
            DataSourceRecord record = sources.create(draft());
            TestReport report = sources.test(record.id());
            assertThat(report.passed()).as("%s", report).isTrue();
            assertThat(sources.sync(record.id()).get().tables()).contains(fixture.knownTable());
            int before = bastion.forwarded().size();
            try (Connection connection =
                            sources.connections().dataSource("tunnelled").getConnection();
                    Statement statement = connection.createStatement()) {
                assertThat(statement.execute("select 1")).isTrue();
            }
            assertThat(bastion.forwarded()).hasSizeGreaterThan(before);
            assertThat(bastion.forwarded())
                    .allSatisfy(destination -> assertThat(destination).endsWith(":" + config.get("port")));
        }
    }

    @Test
    @DisplayName("is closed when what is behind it keeps silent, in time")
    void silent() {
        try (FaultyServer server = FaultyServer.blackHole();
                DataSourceRegistry registry = registry(Duration.ofSeconds(1))) {
            config.putAll(fixture.atPort(server.port()).orElseThrow());
            TestReport report = registry.environment("production").test(draft());
            assertThat(report.failure())
                    .hasValueSatisfying(step -> assertThat(step.code()).isEqualTo(FailureCode.TIMED_OUT));
            Await.until(() -> server.open() == 0);
        }
    }

    @Test
    @DisplayName("says that it is the tunnel which does not let the user in, and not by which password")
    void wrongPassword() {
        config.put("ssh.password", SecretValue.of("planted-wrong"));
        try (DataSourceRegistry registry = registry(Targets.TIMEOUT)) {
            TestReport.StepResult failure =
                    registry.environment("production").test(draft()).failure().orElseThrow();
            assertThat(failure.code()).isEqualTo(FailureCode.WRONG_CREDENTIALS);
            assertThat(failure.toString())
                    .contains("SSH tunnel through 127.0.0.1")
                    .doesNotContain("planted");
        }
    }
}
