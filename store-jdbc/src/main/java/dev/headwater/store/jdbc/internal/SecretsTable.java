package dev.headwater.store.jdbc.internal;

import dev.headwater.spi.DataSourceId;
import dev.headwater.spi.EnvironmentId;
import dev.headwater.spi.SealedSecret;
import dev.headwater.spi.SecretId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads and reseals {@code hw_sealed_secret}. */
public final class SecretsTable {

    private static final String SELECT =
            "SELECT environment, id, data_source_id, field, key_id, ciphertext FROM hw_sealed_secret ";

    private static final String STORED = "WHERE environment = :environment AND id = :id AND data_source_id = :source"
            + " AND field = :field AND key_id = :key AND ciphertext = :ciphertext";

    private final Database database;

    public SecretsTable(Database database) {
        this.database = database;
    }

    public Map<SecretId, SealedSecret> read(EnvironmentId environment, Collection<SecretId> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        List<String> values = ids.stream().map(SecretId::value).distinct().toList();
        return database.statements("read sealed secrets", handle -> {
            Map<SecretId, SealedSecret> found = new HashMap<>();
            for (List<String> part : In.parts(values)) {
                String sql = SELECT + "WHERE environment = ? AND id " + In.clause(part.size());
                try (PreparedStatement statement = database.prepare(handle, sql)) {
                    statement.setString(1, environment.value());
                    In.bind(statement, 2, part);
                    try (ResultSet rows = statement.executeQuery()) {
                        while (rows.next()) {
                            SealedSecret secret = read(rows);
                            found.put(secret.id(), secret);
                        }
                    }
                }
            }
            return Map.copyOf(found);
        });
    }

    public List<SealedSecret> underOtherKeys(String keyId, @Nullable SealedSecret after, int limit) {
        String sql = SELECT
                + "WHERE (key_id < :key OR key_id > :key)"
                + " AND environment >= :environment AND (environment > :environment OR id > :id)"
                + " ORDER BY environment, id LIMIT " + limit;
        return database.statements(
                "read sealed secrets",
                handle -> handle.createQuery(sql)
                        .bind("key", keyId)
                        .bind(
                                "environment",
                                after == null ? "" : after.environment().value())
                        .bind("id", after == null ? "" : after.id().value())
                        .map((row, context) -> read(row))
                        .list());
    }

    public boolean reseal(SealedSecret before, SealedSecret after) {
        return database.transaction(
                "reseal a secret",
                handle ->
                        handle.createUpdate("UPDATE hw_sealed_secret SET key_id = :newKey, ciphertext = :newCiphertext "
                                                + STORED)
                                        .bind("newKey", after.keyId())
                                        .bind("newCiphertext", after.ciphertext())
                                        .bindMap(columns(before))
                                        .execute()
                                == 1,
                handle -> handle.createQuery("SELECT id FROM hw_sealed_secret " + STORED + " FOR UPDATE")
                        .bindMap(columns(after))
                        .mapTo(String.class)
                        .findOne()
                        .map(there -> true));
    }

    private static Map<String, String> columns(SealedSecret secret) {
        return Map.of(
                "environment", secret.environment().value(),
                "id", secret.id().value(),
                "source", secret.dataSource().value(),
                "field", secret.field(),
                "key", secret.keyId(),
                "ciphertext", secret.ciphertext());
    }

    private static SealedSecret read(ResultSet row) throws SQLException {
        return new SealedSecret(
                new EnvironmentId(row.getString(1)),
                new SecretId(row.getString(2)),
                new DataSourceId(row.getString(3)),
                row.getString(4),
                row.getString(5),
                row.getString(6));
    }
}
