package dev.headwater.core;

import dev.headwater.core.internal.PendingConfig;
import dev.headwater.core.internal.kind.CompiledKind;
import dev.headwater.core.internal.kind.ParsedConfig;
import dev.headwater.core.internal.kind.ParsedValue;
import dev.headwater.core.internal.secret.SecretStores;
import dev.headwater.spi.ConfigValue;
import dev.headwater.spi.DataSourceRecord;
import dev.headwater.spi.DataSourceSpec;
import dev.headwater.spi.FieldDefinition;
import dev.headwater.spi.HeadwaterException;
import dev.headwater.spi.LinkedSecret;
import dev.headwater.spi.LinkedSecretRef;
import dev.headwater.spi.SecretValue;
import dev.headwater.spi.TenancySettings;
import dev.headwater.spi.ValidationException;
import dev.headwater.spi.ValidationResult;
import dev.headwater.spi.ValueEncoding;
import dev.headwater.spi.Violation;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Checks what callers want written, all of it at once, and brings it to canonical form. Does no I/O. */
final class SpecReader {

    private final KindCatalog kinds;
    private final NamePolicy namePolicy;
    private final SecretStores secretStores;
    private final Clock clock;

    SpecReader(KindCatalog kinds, NamePolicy namePolicy, SecretStores secretStores, Clock clock) {
        this.kinds = kinds;
        this.namePolicy = namePolicy;
        this.secretStores = secretStores;
        this.clock = clock;
    }

    /**
     * A checked wish.
     *
     * @param spec all of it but its config, which is empty here
     * @param config its config
     * @param warnings what is accepted and looks like a mistake
     */
    record Wish(DataSourceSpec spec, PendingConfig config, List<Violation> warnings) {}

    /** Reads a draft of a new data source, or of one that replaces {@code current}. */
    Wish read(DataSourceDraft draft, @Nullable DataSourceRecord current) {
        Problems problems = new Problems();
        CompiledKind kind = kinds.compiled(draft.kind());
        if (current != null && !kind.definition().id().equals(current.kind())) {
            problems.add(
                    "kind",
                    "kind-changed",
                    "kind is " + kind.definition().id() + ", expected " + current.kind()
                            + ": the kind of a data source never changes");
        }
        checkName(draft.name(), problems);
        ParsedConfig parsed = kind.parse(draft.config());
        Map<String, ConfigValue> before = current == null ? Map.of() : current.config();
        PendingConfig config = merge(kind, Map.of(), before, parsed, problems);
        checkEnvelope(parsed, draft.name(), problems);
        String displayName = draft.displayName() == null ? parsed.envelope().get("displayName") : draft.displayName();
        return finish(
                draft.kind(),
                draft.name(),
                displayName,
                draft.description(),
                kind.definition().id(),
                draft.labels(),
                draft.tenancy(),
                config,
                problems);
    }

    /** Reads a patch of a data source. */
    Wish read(DataSourcePatch patch, DataSourceRecord current) {
        Problems problems = new Problems();
        DataSourceSpec spec = current.spec();
        CompiledKind kind = kinds.compiled(spec.kind());
        String name = patch.name() == null ? spec.name() : patch.name();
        if (!name.equals(spec.name())) {
            checkName(name, problems);
        }
        ParsedConfig parsed = kind.parse(patch.config());
        PendingConfig config = merge(kind, spec.config(), spec.config(), parsed, problems);
        checkEnvelope(parsed, name, problems);
        Map<String, String> labels = new LinkedHashMap<>(spec.labels());
        patch.labels().forEach((key, value) -> {
            if (value == null) {
                labels.remove(key);
            } else {
                labels.put(key, value);
            }
        });
        return finish(
                spec.kind(),
                name,
                edited(spec.displayName(), patch.displayName()),
                edited(spec.description(), patch.description()),
                spec.kind(),
                labels,
                edited(spec.tenancy(), patch.tenancy()),
                config,
                problems);
    }

    /** The same config, in the order of the kind's fields. */
    Map<String, ConfigValue> inFieldOrder(String kind, Map<String, ConfigValue> config) {
        Map<String, ConfigValue> ordered = new LinkedHashMap<>();
        for (FieldDefinition field : kinds.compiled(kind).definition().fields()) {
            ConfigValue value = config.get(field.key());
            if (value != null) {
                ordered.put(field.key(), value);
            }
        }
        // What is left are extra properties, which no definition orders.
        new TreeMap<>(config).forEach(ordered::putIfAbsent);
        return ordered;
    }

    private static <T> @Nullable T edited(@Nullable T now, DataSourcePatch.@Nullable Edit<T> edit) {
        return edit == null ? now : edit.value();
    }

    /** Puts what was given over {@code base}; what is the same as in {@code before} keeps its time stamps. */
    private PendingConfig merge(
            CompiledKind kind,
            Map<String, ConfigValue> base,
            Map<String, ConfigValue> before,
            ParsedConfig parsed,
            Problems problems) {
        problems.found.addAll(parsed.result().violations());
        problems.warnings.addAll(parsed.result().warnings());
        Instant now = clock.instant();
        Map<String, ConfigValue> values = new LinkedHashMap<>(base);
        Map<String, SecretValue> secrets = new LinkedHashMap<>();
        parsed.values().forEach((key, value) -> {
            if (value instanceof ParsedValue.Cleared) {
                values.remove(key);
            } else if (value instanceof ParsedValue.Plain plain) {
                values.put(key, new ConfigValue.Literal(plain.value()));
            } else if (value instanceof ParsedValue.Secret secret) {
                values.remove(key);
                secrets.put(key, secret.value());
            } else if (value instanceof ParsedValue.Link link) {
                LinkedSecret linked = link(key, link.reference(), link.encoding(), problems);
                if (linked != null) {
                    ConfigValue old = before.get(key);
                    boolean same = old instanceof ConfigValue.Linked was
                            && was.secret().equals(linked);
                    values.put(key, same ? Objects.requireNonNull(old) : new ConfigValue.Linked(linked, now));
                }
            }
        });
        problems.found.addAll(kind.check(view(values, secrets, parsed)));
        return new PendingConfig(values, secrets);
    }

    /** What the rules look at: literals as they are, and that there is something for the rest. */
    private static Map<String, Object> view(
            Map<String, ConfigValue> values, Map<String, SecretValue> secrets, ParsedConfig parsed) {
        Map<String, Object> view = new LinkedHashMap<>();
        values.forEach((key, value) ->
                view.put(key, value instanceof ConfigValue.Literal literal ? literal.value() : CompiledKind.PRESENT));
        secrets.keySet().forEach(key -> view.put(key, CompiledKind.PRESENT));
        // What was given and refused has its own violation already; it is not missing as well.
        parsed.values().forEach((key, value) -> {
            if (value instanceof ParsedValue.Link) {
                view.put(key, CompiledKind.PRESENT);
            }
        });
        parsed.refused().forEach(key -> view.putIfAbsent(key, CompiledKind.PRESENT));
        return view;
    }

    private @Nullable LinkedSecret link(String field, LinkedSecretRef ref, ValueEncoding encoding, Problems problems) {
        try {
            return secretStores.link(ref, encoding);
        } catch (HeadwaterException e) {
            problems.add(field, e.code(), "field " + field + ": " + e.getMessage());
            return null;
        }
    }

    private void checkName(String name, Problems problems) {
        if (name.isEmpty()) {
            problems.add("name", "required", "name is empty, expected a name");
            return;
        }
        String expectation = namePolicy.expectation(name);
        if (expectation != null) {
            problems.add("name", "name-not-allowed", "name is " + quoted(name) + ", expected " + expectation);
        }
    }

    private static void checkEnvelope(ParsedConfig parsed, String name, Problems problems) {
        String given = parsed.envelope().get("name");
        if (given != null && !given.equals(name)) {
            problems.add(
                    "name",
                    "name-differs",
                    "the config's own name is " + quoted(given) + ", expected " + quoted(name)
                            + ", the name of the data source");
        }
    }

    /** A name as it was given, with what would garble a message made visible. */
    private static String quoted(String name) {
        StringBuilder shown = new StringBuilder("\"");
        name.codePoints().limit(DataSourceSpec.MAX_NAME_LENGTH).forEach(c -> {
            if (Character.isISOControl(c)) {
                shown.append(String.format("\\u%04x", c));
            } else {
                shown.appendCodePoint(c);
            }
        });
        return shown.append('"').toString();
    }

    private static Wish finish(
            String askedKind,
            String name,
            @Nullable String displayName,
            @Nullable String description,
            String kind,
            Map<String, String> labels,
            @Nullable TenancySettings tenancy,
            PendingConfig config,
            Problems problems) {
        // Each part is tried by itself, so that one that is too long does not hide another.
        problems.attempt("name", () -> blank(kind).withName(name));
        problems.attempt(
                "displayName", () -> new DataSourceSpec("x", displayName, null, kind, Map.of(), Map.of(), null));
        problems.attempt(
                "description", () -> new DataSourceSpec("x", null, description, kind, Map.of(), Map.of(), null));
        problems.attempt("labels", () -> new DataSourceSpec("x", null, null, kind, Map.of(), labels, null));
        if (!problems.found.isEmpty()) {
            throw new ValidationException(
                    "data source " + quoted(name) + " (" + askedKind + ")",
                    new ValidationResult(problems.found, problems.warnings));
        }
        return new Wish(
                new DataSourceSpec(name, displayName, description, kind, Map.of(), labels, tenancy),
                config,
                List.copyOf(problems.warnings));
    }

    private static DataSourceSpec blank(String kind) {
        return new DataSourceSpec("x", null, null, kind, Map.of(), Map.of(), null);
    }

    /** Gathers what is wrong. */
    private static final class Problems {

        private final List<Violation> found = new ArrayList<>();
        private final List<Violation> warnings = new ArrayList<>();

        void add(String field, String code, String message) {
            found.add(Violation.of(field, code, message));
        }

        void attempt(String field, Runnable construction) {
            boolean known =
                    found.stream().anyMatch(violation -> violation.field().equals(field));
            if (known) {
                return;
            }
            try {
                construction.run();
            } catch (IllegalArgumentException e) {
                add(field, "not-allowed", String.valueOf(e.getMessage()));
            }
        }
    }
}
