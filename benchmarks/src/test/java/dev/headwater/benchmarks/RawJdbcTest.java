package dev.headwater.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.spi.CommitOutcome;
import dev.headwater.spi.ConfigValue;
import dev.headwater.spi.DataSourceRecord;
import dev.headwater.spi.DataSourceStore;
import dev.headwater.spi.PageQuery;
import dev.headwater.store.jdbc.JdbcStore;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("The peer in plain JDBC")
class RawJdbcTest {

    private static final String ENVIRONMENT = Samples.ENVIRONMENT.value();

    private static Postgres postgres;

    @BeforeAll
    static void start() {
        postgres = Postgres.start();
        System.setProperty(Postgres.PORT_PROPERTY, Integer.toString(postgres.port()));
    }

    @AfterAll
    static void stop() {
        System.clearProperty(Postgres.PORT_PROPERTY);
        postgres.close();
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("runs the statements of the store, in its transactions, and finds what it finds")
    void runsTheSame(Engine engine) throws SQLException {
        RecordedCalls recorded = new RecordedCalls();
        try (OpenStore open = OpenStore.openEmpty(engine, "compared");
                DataSourceStore store =
                        JdbcStore.builder().dataSource(recorded.on(open.pool)).open()) {
            RawJdbc raw = new RawJdbc(recorded.on(open.pool), engine, 0);
            Samples.fill(store, 200);
            recorded.take();

            assertThat(store.commit(Samples.create(200))).isInstanceOf(CommitOutcome.Committed.class);
            List<String> create = recorded.take();
            RawSource source = CreateBenchmark.source(201);
            long version = raw.create(ENVIRONMENT, source, source.id(), Samples.KEY_ID, Samples.CIPHERTEXT);
            assertThat(recorded.take()).isEqualTo(create).hasSizeGreaterThan(8);
            assertThat(version).isEqualTo(202);
            assertThat(store.head(Samples.ENVIRONMENT)).isEqualTo(202);

            recorded.take();
            DataSourceRecord byId =
                    store.findById(Samples.ENVIRONMENT, Samples.id(201)).orElseThrow();
            List<String> find = recorded.take();
            assertThat(raw.findById(ENVIRONMENT, source.id(), RawJdbc::source)).isEqualTo(raw(byId));
            assertThat(recorded.take()).isEqualTo(find).hasSize(1);

            DataSourceRecord byName =
                    store.findByName(Samples.ENVIRONMENT, Samples.name(7)).orElseThrow();
            find = recorded.take();
            assertThat(raw.findByName(ENVIRONMENT, Samples.name(7), RawJdbc::source))
                    .isEqualTo(raw(byName));
            assertThat(recorded.take()).isEqualTo(find).hasSize(1);

            PageQuery query = Samples.page(99);
            List<RawSource> page = store.page(Samples.ENVIRONMENT, query).stream()
                    .map(RawJdbcTest::raw)
                    .toList();
            find = recorded.take();
            assertThat(raw.page(ENVIRONMENT, Samples.name(99), RawJdbc::source))
                    .isEqualTo(page)
                    .hasSize(100);
            assertThat(recorded.take()).isEqualTo(find).hasSize(1);
            assertThat(raw.offsetPage(ENVIRONMENT, 100, RawJdbc::source)).isEqualTo(page);
        }
    }

    private static RawSource raw(DataSourceRecord record) {
        Map<String, Object> config = new LinkedHashMap<>();
        record.config().forEach((key, value) -> config.put(key, raw(value)));
        return new RawSource(
                record.id().value(),
                record.name(),
                record.kind(),
                record.version(),
                record.spec().displayName(),
                record.spec().description(),
                config,
                record.spec().labels(),
                record.created().at(),
                record.created().by(),
                record.updated().at(),
                record.updated().by());
    }

    private static Object raw(ConfigValue value) {
        return value instanceof ConfigValue.SecretLiteral secret
                ? new RawSource.Secret(secret.secret().value(), secret.setAt())
                : ((ConfigValue.Literal) value).value();
    }
}
