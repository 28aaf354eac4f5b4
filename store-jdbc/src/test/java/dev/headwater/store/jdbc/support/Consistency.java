package dev.headwater.store.jdbc.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.spi.Change;
import dev.headwater.spi.Commit;
import dev.headwater.spi.ConfigValue;
import dev.headwater.spi.DataSourceId;
import dev.headwater.spi.DataSourceRecord;
import dev.headwater.spi.DataSourceStore;
import dev.headwater.spi.Deployment;
import dev.headwater.spi.EnvironmentId;
import dev.headwater.spi.SecretId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import javax.sql.DataSource;

/** Checks that everything in the tables is what follows from the log. */
public final class Consistency {

    private Consistency() {}

    /** Checks all environments. */
    public static void check(DataSource dataSource, DataSourceStore store) {
        Set<String> environments = new TreeSet<>(column(dataSource, "SELECT environment FROM hw_environment"));
        for (String table : List.of("hw_commit", "hw_data_source", "hw_label", "hw_schema_snapshot", "hw_deployment")) {
            assertThat(environments).containsAll(column(dataSource, "SELECT DISTINCT environment FROM " + table));
        }
        for (String environment : environments) {
            check(dataSource, store, new EnvironmentId(environment));
        }
    }

    private static void check(DataSource dataSource, DataSourceStore store, EnvironmentId environment) {
        List<Commit> log = store.commitsAfter(environment, 0, Integer.MAX_VALUE);
        assertThat(log)
                .extracting(Commit::number)
                .as("the log has no gap and the head is its end")
                .containsExactlyElementsOf(LongStream.rangeClosed(1, store.head(environment))
                        .boxed()
                        .toList());
        Map<DataSourceId, DataSourceRecord> now = new TreeMap<>();
        Set<SecretId> secrets = new HashSet<>();
        for (Commit commit : log) {
            DataSourceRecord after = commit.change() instanceof Change.Inserted inserted
                    ? inserted.after()
                    : commit.change() instanceof Change.Updated updated ? updated.after() : null;
            if (after == null) {
                now.remove(commit.change().dataSource());
                continue;
            }
            now.put(after.id(), after);
            after.config().values().forEach(value -> {
                if (value instanceof ConfigValue.SecretLiteral secret) {
                    secrets.add(secret.secret());
                }
            });
        }
        String of = " WHERE environment = '" + environment + "'";
        assertThat(column(dataSource, "SELECT CONCAT(id, '|', name, '|', kind, '|', version) FROM hw_data_source" + of))
                .as("the head index")
                .containsExactlyInAnyOrderElementsOf(now.values().stream()
                        .map(record -> record.id() + "|" + record.name() + "|" + record.kind() + "|" + record.version())
                        .toList());
        List<String> labels = new ArrayList<>();
        now.values()
                .forEach(record -> record.spec()
                        .labels()
                        .forEach((key, value) ->
                                labels.add(record.id() + "|" + record.name() + "|" + key + "|" + value)));
        assertThat(column(
                        dataSource,
                        "SELECT CONCAT(data_source_id, '|', name, '|', label_key, '|', label_value) FROM hw_label"
                                + of))
                .as("the labels")
                .containsExactlyInAnyOrderElementsOf(labels);
        assertThat(column(dataSource, "SELECT id FROM hw_data_source" + of))
                .as("data sources of which there are snapshots")
                .containsAll(column(dataSource, "SELECT data_source_id FROM hw_schema_snapshot" + of));
        assertThat(store.sealedSecrets(environment, secrets).keySet())
                .as("the secrets that the log names")
                .isEqualTo(secrets);
        List<Deployment> deployments = new ArrayList<>(store.deployments(environment, Long.MAX_VALUE, 100_000));
        Collections.reverse(deployments);
        assertThat(deployments)
                .extracting(Deployment::number)
                .as("the deployments")
                .containsExactlyElementsOf(LongStream.rangeClosed(
                                1,
                                Long.parseLong(column(dataSource, "SELECT deployments FROM hw_environment" + of)
                                        .get(0)))
                        .boxed()
                        .toList());
    }

    /** The first column of a query's rows, as text. */
    public static List<String> column(DataSource dataSource, String sql) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
