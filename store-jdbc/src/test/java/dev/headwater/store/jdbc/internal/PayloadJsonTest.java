package dev.headwater.store.jdbc.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.spi.ConfigValue;
import dev.headwater.spi.DataSourceSpec;
import dev.headwater.spi.LinkedSecret;
import dev.headwater.spi.SecretId;
import dev.headwater.spi.Stamp;
import dev.headwater.spi.StoreException;
import dev.headwater.spi.ValueEncoding;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The JSON of a commit")
class PayloadJsonTest {

    private static final long FAR = 8_000_000_000_000_000_000L;

    @Property(tries = 500)
    @Label("is read back as it was written, whatever its texts, and survives UTF-8")
    void roundTrip(
            @ForAll @Size(max = 3) List<String> texts,
            @ForAll String message,
            @ForAll long number,
            @ForAll boolean bool,
            @ForAll @LongRange(min = -FAR, max = FAR) long micros) {
        Instant at = Micros.toInstant(micros);
        Map<String, ConfigValue> config = new LinkedHashMap<>();
        for (String text : texts) {
            config.put(text, new ConfigValue.Literal(text));
        }
        config.put("number", new ConfigValue.Literal(number));
        config.put("bool", new ConfigValue.Literal(bool));
        config.put("secret", new ConfigValue.SecretLiteral(new SecretId("s"), at));
        config.put("link", new ConfigValue.Linked(new LinkedSecret("s", "n", "/f", ValueEncoding.BASE64), at));
        DataSourceSpec spec =
                new DataSourceSpec("n", null, message.length() > 4_000 ? null : message, "k", config, Map.of(), null);
        Payload payload = new Payload("n", "k", spec, new Stamp(at, "alice"), texts, message);

        String json = PayloadJson.write(payload);

        assertThat(PayloadJson.read(json)).isEqualTo(payload);
        assertThat(new String(json.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                .isEqualTo(json);
        assertThat(json).doesNotContain("\0");
    }

    @Test
    @DisplayName("may hold what a later version adds")
    void unknownMembers() {
        Payload read = PayloadJson.read(
                "{\"later\":{\"a\":[1,null]},\"name\":\"n\",\"kind\":\"k\",\"createdAt\":5,\"createdBy\":\"b\"}");

        assertThat(read.spec()).isEqualTo(new DataSourceSpec("n", null, null, "k", Map.of(), Map.of(), null));
        assertThat(read.created()).isEqualTo(new Stamp(Instant.EPOCH.plusNanos(5_000), "b"));
    }

    @Test
    @DisplayName("has a greatest length, which is checked before it is bound")
    void tooLong() {
        Map<String, ConfigValue> config = Map.of("x", new ConfigValue.Literal("y".repeat(PayloadJson.MAX_LENGTH)));
        DataSourceSpec spec = new DataSourceSpec("n", null, null, "k", config, Map.of(), null);
        Payload payload = new Payload("n", "k", spec, new Stamp(Instant.EPOCH, "a"), List.of(), null);

        assertThatThrownBy(() -> PayloadJson.write(payload))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("at most 1000000");
    }
}
