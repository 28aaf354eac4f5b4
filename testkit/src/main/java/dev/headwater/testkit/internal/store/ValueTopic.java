package dev.headwater.testkit.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.spi.Caller;
import dev.headwater.spi.Change;
import dev.headwater.spi.Commit;
import dev.headwater.spi.CommitRequest;
import dev.headwater.spi.ConfigValue;
import dev.headwater.spi.DataSourceId;
import dev.headwater.spi.DataSourceRecord;
import dev.headwater.spi.DataSourceSpec;
import dev.headwater.spi.EnvironmentId;
import dev.headwater.spi.LinkedSecret;
import dev.headwater.spi.ProposedChange;
import dev.headwater.spi.SecretId;
import dev.headwater.spi.SecretValue;
import dev.headwater.spi.Stamp;
import dev.headwater.spi.TenancySettings;
import dev.headwater.spi.ValueEncoding;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** That what was written is read back as it was. */
public abstract class ValueTopic extends StoreTopic {

    private static final Instant AT = Instant.parse("2026-05-06T07:08:09.123456Z");

    /** Whatever a text without further rules may hold: half a surrogate pair and NUL too. */
    private static final String ANY_TEXT =
            "line\r\n\ttab \0 NUL \u007f \u0085 \u2028 \"q\" 'a' \\ </script> \ud83d\ude00 \ud83d half \ude00 \ufffe  ";

    private static final String LONG = "\u00e9\ud83d\ude00".repeat(200);

    protected ValueTopic(StoreHooks hooks) {
        super(hooks);
    }

    private void comesBack(DataSourceSpec spec) {
        comesBack(ENV, A, stamp(), null, spec);
    }

    private void comesBack(
            EnvironmentId environment, DataSourceId id, Stamp stamp, @Nullable String message, DataSourceSpec spec) {
        var insert = new ProposedChange.Insert(id, stamp, spec);

        List<Commit> commits = committed(new CommitRequest(environment, stamp, message, List.of(insert), List.of()));

        DataSourceRecord expected =
                new DataSourceRecord(environment, id, commits.get(0).number(), spec, stamp, stamp);
        assertThat(commits).extracting(Commit::change).containsExactly(new Change.Inserted(expected));
        assertThat(store().commitsAfter(environment, commits.get(0).number() - 1, 1))
                .isEqualTo(commits);
        DataSourceRecord found = store().findById(environment, id).orElseThrow();
        assertThat(found).isEqualTo(expected);
        assertThat(found.config().keySet())
                .containsExactlyElementsOf(spec.config().keySet());
        assertThat(found.spec().labels().keySet())
                .containsExactlyElementsOf(spec.labels().keySet());
    }

    private static DataSourceSpec with(Map<String, ConfigValue> config) {
        return new DataSourceSpec("name", null, null, "kind", config, Map.of(), null);
    }

    @Test
    @DisplayName("is every type of config value, in its order")
    void configValues() {
        Map<String, ConfigValue> config = new LinkedHashMap<>();
        config.put("z", new ConfigValue.Literal("text"));
        config.put("number-like", new ConfigValue.Literal("007"));
        config.put("true-like", new ConfigValue.Literal("true"));
        config.put("empty", new ConfigValue.Literal(""));
        config.put("any", new ConfigValue.Literal(ANY_TEXT));
        config.put("min", new ConfigValue.Literal(Long.MIN_VALUE));
        config.put("max", new ConfigValue.Literal(Long.MAX_VALUE));
        config.put("zero", new ConfigValue.Literal(0L));
        config.put("yes", new ConfigValue.Literal(true));
        config.put("no", new ConfigValue.Literal(false));
        config.put("secret", new ConfigValue.SecretLiteral(new SecretId("s-1"), AT));
        config.put("link", new ConfigValue.Linked(new LinkedSecret("aws", "prod/db", null, ValueEncoding.PLAIN), AT));
        config.put(
                "a",
                new ConfigValue.Linked(
                        new LinkedSecret("aws", "prod/\u65e5 db", "/pass~1word", ValueEncoding.BASE64), AT));

        comesBack(with(config));
    }

    @Test
    @DisplayName("is every kind of tenancy, or none")
    void tenancy() {
        List<TenancySettings> all = List.of(
                new TenancySettings.PerDatabase(),
                new TenancySettings.PerTable("s", "t\u00e9", "c n", "p", TenancySettings.ClientColumnType.NUMBER),
                new TenancySettings.PerTable("s", "t", "c", "p", TenancySettings.ClientColumnType.STRING));
        for (int i = 0; i < all.size(); i++) {
            comesBack(
                    ENV,
                    DataSourceId.of("t" + i),
                    stamp(),
                    null,
                    new DataSourceSpec("t" + i, null, null, "kind", Map.of(), Map.of(), all.get(i)));
        }
    }

    @Test
    @DisplayName("are free texts as they are, empty ones and missing ones apart")
    void freeTexts() {
        comesBack(ENV, A, stamp(), ANY_TEXT, new DataSourceSpec("a", "", ANY_TEXT, "k", Map.of(), Map.of(), null));
        comesBack(ENV, B, stamp(), "", new DataSourceSpec("b", null, "", "k", Map.of(), Map.of(), null));
        comesBack(ENV, C, stamp(), null, new DataSourceSpec("c", "D \u00e9", null, "k", Map.of(), Map.of(), null));
    }

    @Test
    @DisplayName("is everything at its bounds")
    void bounds() {
        Map<String, String> labels = new LinkedHashMap<>();
        for (int i = 0; i < DataSourceSpec.MAX_LABELS; i++) {
            labels.put(
                    cut("l" + i + LONG, DataSourceSpec.MAX_LABEL_KEY_LENGTH),
                    cut(LONG, DataSourceSpec.MAX_LABEL_VALUE_LENGTH));
        }
        DataSourceSpec spec = new DataSourceSpec(
                cut(LONG, DataSourceSpec.MAX_NAME_LENGTH),
                cut(LONG, DataSourceSpec.MAX_DISPLAY_NAME_LENGTH),
                "\0".repeat(DataSourceSpec.MAX_DESCRIPTION_LENGTH),
                "k".repeat(DataSourceSpec.MAX_KIND_LENGTH),
                Map.of("certificate", new ConfigValue.Literal("\u65e5".repeat(SecretValue.MAX_LENGTH))),
                labels,
                null);
        comesBack(
                EnvironmentId.of("~".repeat(EnvironmentId.MAX_LENGTH)),
                DataSourceId.of("!".repeat(DataSourceId.MAX_LENGTH)),
                new Stamp(AT, cut(LONG, Caller.MAX_LENGTH)),
                "\n".repeat(CommitRequest.MAX_MESSAGE_LENGTH),
                spec);
    }

    /** At most that many characters, and no half of a surrogate pair at the end. */
    private static String cut(String text, int length) {
        String cut = text.substring(0, length);
        return Character.isHighSurrogate(cut.charAt(length - 1)) ? cut.substring(0, length - 1) + "x" : cut;
    }

    @Test
    @DisplayName("are times to the microsecond, before 1970 and far from now too")
    void times() {
        List<String> times = List.of(
                "2026-05-06T07:08:09.123456Z",
                "2026-03-29T01:30:00.999999Z",
                "2026-10-25T00:30:00.000001Z",
                "1969-12-31T23:59:59.999999Z",
                "0001-01-01T00:00:00Z",
                "9999-12-31T23:59:59.999999Z",
                "+20000-01-01T00:00:00.5Z");
        for (int i = 0; i < times.size(); i++) {
            Instant at = Instant.parse(times.get(i));
            Map<String, ConfigValue> config = Map.of("secret", new ConfigValue.SecretLiteral(new SecretId("s"), at));
            DataSourceSpec spec = new DataSourceSpec("t" + i, null, null, "k", config, Map.of(), null);
            comesBack(ENV, DataSourceId.of("t" + i), new Stamp(at, "alice"), null, spec);
        }
    }

    @Test
    @DisplayName("is what an update and a delete say of themselves")
    void changes() {
        List<String> changed = List.of("host", "", ANY_TEXT, "z", "a");
        inserted(A, "a");
        List<Commit> log = new ArrayList<>();
        log.addAll(committed(new ProposedChange.Update(A, 1, stamp(), spec("a"), changed)));
        log.addAll(committed(new ProposedChange.Update(A, 2, stamp(), spec("a"), List.of())));
        log.addAll(committed(new ProposedChange.Delete(A, 3, "name as told", "kind as told")));

        assertThat(store().commitsAfter(ENV, 1, 9)).isEqualTo(log);
        assertThat(log.get(0).change())
                .isInstanceOfSatisfying(
                        Change.Updated.class,
                        updated -> assertThat(updated.changed()).isEqualTo(changed));
        assertThat(log.get(2).change()).isEqualTo(new Change.Deleted(A, "name as told", "kind as told"));
    }
}
