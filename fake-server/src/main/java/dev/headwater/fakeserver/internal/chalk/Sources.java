package dev.headwater.fakeserver.internal.chalk;

import com.google.protobuf.Timestamp;
import dev.headwater.fakeserver.ChalkControls;
import dev.headwater.fakeserver.internal.FakeSource;
import dev.headwater.fakeserver.internal.FakeSource.SpelledKey;
import dev.headwater.fakeserver.internal.Scope;
import dev.headwater.fakeserver.internal.Translator;
import dev.headwater.fakeserver.internal.chalk.wire.Integration;
import dev.headwater.fakeserver.internal.chalk.wire.IntegrationConfigValue;
import dev.headwater.fakeserver.internal.chalk.wire.IntegrationKind;
import dev.headwater.fakeserver.internal.chalk.wire.IntegrationWarning;
import dev.headwater.fakeserver.internal.chalk.wire.IntegrationWarningCode;
import dev.headwater.spi.FieldDefinition;
import dev.headwater.spi.KindDefinition;
import dev.headwater.spi.LinkedSecretRef;
import dev.headwater.spi.SourceSystem;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Data sources as Chalk sees them. A config is a map from bare keys to text or {@link LinkedSecretRef}. */
final class Sources {

    private static final String KIND_PREFIX = "INTEGRATION_KIND_";
    private static final String UNLOAD_STAGE = "SNOWFLAKE_UNLOAD_STAGE";

    /** Keys of which no kind's definition knows, but which look like secrets. */
    private static final Pattern SECRET = Pattern.compile("PASSWORD|PWD|SECRET|TOKEN|PRIVATE_KEY|CREDENTIALS|API_KEY");

    private final Translator translator;
    private final ChalkControls controls;

    Sources(Translator translator, ChalkControls controls) {
        this.translator = translator;
        this.controls = controls;
    }

    /** {@return the data sources that Chalk has a kind for, in the order in which they were made} */
    List<FakeSource> all(Scope scope) {
        return scope.sources().stream()
                .filter(source -> kind(source).isPresent())
                .toList();
    }

    Optional<FakeSource> find(Scope scope, String id) {
        return scope.find(id).filter(source -> kind(source).isPresent());
    }

    /** @throws ChalkException {@code NOT_FOUND} if there is none with the id */
    FakeSource get(Scope scope, String id) {
        return find(scope, id).orElseThrow(() -> ChalkException.notFound("there is no integration with that id"));
    }

    /** {@return Chalk's kind of the data source; empty if Chalk has none} */
    Optional<IntegrationKind> kind(FakeSource source) {
        String name = translator
                .kindName(source.kind(), SourceSystem.CHALK)
                .orElseGet(() -> translator.definition(source.kind()).isPresent() ? "" : source.kind());
        try {
            return Optional.of(IntegrationKind.valueOf(KIND_PREFIX + name.toUpperCase(Locale.ROOT)))
                    .filter(kind -> kind != IntegrationKind.INTEGRATION_KIND_UNSPECIFIED);
        } catch (IllegalArgumentException unknown) {
            return Optional.empty();
        }
    }

    /** {@return what the server calls the kind} */
    String kindId(IntegrationKind kind) {
        return translator.kindId(shortName(kind));
    }

    static String shortName(IntegrationKind kind) {
        return kind.name().substring(KIND_PREFIX.length());
    }

    /** @throws ChalkException {@code INVALID_ARGUMENT} if it is none */
    static IntegrationKind checked(IntegrationKind kind) {
        if (kind == IntegrationKind.INTEGRATION_KIND_UNSPECIFIED || kind == IntegrationKind.UNRECOGNIZED) {
            throw ChalkException.invalid("the kind must be one of the integration kinds, got none or an unknown one");
        }
        return kind;
    }

    Map<String, Object> config(FakeSource source) {
        return translator.config(source, SourceSystem.CHALK);
    }

    /**
     * {@return what a call says of a config} Where both maps have a key, the newer map counts.
     *
     * @throws ChalkException if a key or value cannot be taken
     */
    Map<String, Object> given(Map<String, IntegrationConfigValue> config, Map<String, String> environmentVariables) {
        Map<String, Object> given = new LinkedHashMap<>();
        environmentVariables.forEach((key, value) -> {
            Texts.checkKey(key);
            given.put(key, value);
        });
        config.forEach((key, value) -> {
            Texts.checkKey(key);
            given.put(
                    key,
                    switch (value.getValueCase()) {
                        case LITERAL -> value.getLiteral();
                        case SECRET_ID ->
                            LinkedSecretRef.of(LinkedSecretIds.local(key, value.getSecretId(), controls.linkedStore()));
                        case VALUE_NOT_SET ->
                            throw ChalkException.invalid(
                                    "config key " + Texts.shown(key) + " must have a literal or a secret_id");
                    });
        });
        return given;
    }

    /** {@return the config of a new data source} */
    static Map<SpelledKey, Object> spelled(Map<String, Object> given) {
        Map<SpelledKey, Object> spelled = new LinkedHashMap<>();
        given.forEach((key, value) -> spelled.put(new SpelledKey(SourceSystem.CHALK, key), value));
        return spelled;
    }

    /** {@return the config of a data source after a change: only the keys given change} */
    Map<SpelledKey, Object> changed(FakeSource source, Map<String, Object> given) {
        return translator.merged(source.kind(), source.config(), SourceSystem.CHALK, given);
    }

    Map<String, Object> canonical(String kindId, Map<SpelledKey, Object> config) {
        return translator.canonical(kindId, config);
    }

    /** {@return whether reading many values leaves this one out} */
    boolean withheld(FakeSource source, String key) {
        Optional<KindDefinition> kind = translator.definition(source.kind());
        FieldDefinition field =
                kind.isEmpty() ? null : translator.field(kind.get(), new SpelledKey(SourceSystem.CHALK, key));
        return field == null ? SECRET.matcher(key.toUpperCase(Locale.ROOT)).find() : field.secret();
    }

    Integration integration(Scope scope, FakeSource source) {
        Integration.Builder integration = Integration.newBuilder()
                .setId(source.id())
                .setKind(kind(source).orElse(IntegrationKind.INTEGRATION_KIND_UNSPECIFIED))
                .setEnvironmentId(scope.id())
                .setCreatedAt(timestamp(source.createdAt()))
                .setUpdatedAt(timestamp(source.updatedAt()));
        if (!source.name().isEmpty()) {
            integration.setName(source.name());
        }
        if (integration.getKind() == IntegrationKind.INTEGRATION_KIND_SNOWFLAKE
                && !config(source).containsKey(UNLOAD_STAGE)) {
            integration.addWarnings(IntegrationWarning.newBuilder()
                    .setCode(IntegrationWarningCode.INTEGRATION_WARNING_CODE_SNOWFLAKE_UNLOAD_NOT_CONFIGURED)
                    .setTitle("Unload is not configured")
                    .setMessage("Set " + UNLOAD_STAGE + " to unload large results through a stage.")
                    .addConfigKeys(UNLOAD_STAGE));
        }
        return integration.build();
    }

    static Timestamp timestamp(Instant instant) {
        return Timestamp.newBuilder()
                .setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano())
                .build();
    }
}
