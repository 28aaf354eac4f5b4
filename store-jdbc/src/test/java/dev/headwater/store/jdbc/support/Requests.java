package dev.headwater.store.jdbc.support;

import dev.headwater.spi.CommitRequest;
import dev.headwater.spi.ConfigValue;
import dev.headwater.spi.DataSourceId;
import dev.headwater.spi.DataSourceSpec;
import dev.headwater.spi.EnvironmentId;
import dev.headwater.spi.ProposedChange;
import dev.headwater.spi.SealedSecret;
import dev.headwater.spi.SecretId;
import dev.headwater.spi.Stamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Requests for tests, each data source with a label and a secret. */
public final class Requests {

    public static final Instant AT = Instant.parse("2026-03-01T12:00:00.000001Z");

    private Requests() {}

    public static Stamp stamp() {
        return new Stamp(AT, "alice");
    }

    public static DataSourceSpec spec(String name, String secretId) {
        return new DataSourceSpec(
                name,
                null,
                null,
                "postgresql",
                Map.of(
                        "host", new ConfigValue.Literal("db.example"),
                        "password", new ConfigValue.SecretLiteral(new SecretId(secretId), AT)),
                Map.of("team", "t"),
                null);
    }

    public static SealedSecret sealed(EnvironmentId environment, DataSourceId source, String secretId) {
        return new SealedSecret(environment, new SecretId(secretId), source, "password", "k1", "cipher" + secretId);
    }

    /** Adds a data source whose name and secret are called as its id. */
    public static CommitRequest insert(EnvironmentId environment, String id) {
        DataSourceId source = new DataSourceId(id);
        return new CommitRequest(
                environment,
                stamp(),
                null,
                List.of(new ProposedChange.Insert(source, stamp(), spec(id, id))),
                List.of(sealed(environment, source, id)));
    }

    public static CommitRequest update(EnvironmentId environment, String id, long expected, String name) {
        var update =
                new ProposedChange.Update(new DataSourceId(id), expected, stamp(), spec(name, id), List.of("name"));
        return new CommitRequest(environment, stamp(), null, List.of(update), List.of());
    }
}
