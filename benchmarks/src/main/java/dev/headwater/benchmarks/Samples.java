package dev.headwater.benchmarks;

import dev.headwater.spi.CommitRequest;
import dev.headwater.spi.ConfigValue;
import dev.headwater.spi.DataSourceId;
import dev.headwater.spi.DataSourceSpec;
import dev.headwater.spi.DataSourceStore;
import dev.headwater.spi.EnvironmentId;
import dev.headwater.spi.PageQuery;
import dev.headwater.spi.ProposedChange;
import dev.headwater.spi.SealedSecret;
import dev.headwater.spi.SecretId;
import dev.headwater.spi.Stamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** Data sources as a platform has them: PostgreSQL, eight config values, one of them a secret, and two labels. */
final class Samples {

    static final EnvironmentId ENVIRONMENT = EnvironmentId.of("production");
    static final Stamp STAMP = new Stamp(Instant.parse("2026-11-21T08:00:00Z"), "jane.doe@example.com");

    static final String KEY_ID = "key-2026";

    private static final int PER_COMMIT_REQUEST = 500;

    /** What AES-GCM makes of a password of 24 characters, in Base64. */
    static final String CIPHERTEXT = "AQ".repeat(35) + "==";

    private Samples() {}

    static String name(int number) {
        return String.format(Locale.ROOT, "source_%06d", number);
    }

    static DataSourceId id(int number) {
        return DataSourceId.of(new UUID(0x0193_4f00_0000_7000L + number, 0x8000_0000_0000_0000L + number).toString());
    }

    /** A page of 100 after the data source of that number. */
    static PageQuery page(int after) {
        return PageQuery.first(100).after(name(after));
    }

    /** A request to create one data source. */
    static CommitRequest create(int number) {
        return create(number, 1);
    }

    private static CommitRequest create(int first, int count) {
        List<ProposedChange> changes = new ArrayList<>(count);
        List<SealedSecret> secrets = new ArrayList<>(count);
        for (int number = first; number < first + count; number++) {
            DataSourceId id = id(number);
            SecretId secret = new SecretId(id.value());
            changes.add(new ProposedChange.Insert(id, STAMP, spec(number, secret)));
            secrets.add(new SealedSecret(ENVIRONMENT, secret, id, "password", KEY_ID, CIPHERTEXT));
        }
        return new CommitRequest(ENVIRONMENT, STAMP, null, changes, secrets);
    }

    private static DataSourceSpec spec(int number, SecretId secret) {
        Map<String, ConfigValue> config = new LinkedHashMap<>();
        config.put("host", new ConfigValue.Literal("db-" + number + ".eu-west-1.internal.example.com"));
        config.put("port", new ConfigValue.Literal(5432L));
        config.put("database", new ConfigValue.Literal("orders_" + number));
        config.put("username", new ConfigValue.Literal("reporting"));
        config.put("password", new ConfigValue.SecretLiteral(secret, STAMP.at()));
        config.put("schema", new ConfigValue.Literal("public"));
        config.put("ssl.enabled", new ConfigValue.Literal(true));
        config.put("pool.max_size", new ConfigValue.Literal(10L));
        return new DataSourceSpec(
                name(number),
                "Orders " + number,
                "Orders of the web shop, replica for reporting",
                "postgresql",
                config,
                Map.of("team", "team-" + number % 50, "tier", number % 3 == 0 ? "gold" : "silver"),
                null);
    }

    /** Stores the data sources 0 to {@code count} exclusive. */
    static void fill(DataSourceStore store, int count) {
        fill(store, count, PER_COMMIT_REQUEST);
    }

    /** Stores the data sources 0 to {@code count} exclusive, so many by each request. */
    static void fill(DataSourceStore store, int count, int perRequest) {
        for (int first = 0; first < count; first += perRequest) {
            store.commit(create(first, Math.min(perRequest, count - first)));
        }
    }
}
