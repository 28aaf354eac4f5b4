package dev.headwater.core.internal.kind;

import dev.headwater.spi.Condition;
import dev.headwater.spi.Rule;
import dev.headwater.spi.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A rule made ready to be applied to slots, with its violations made in advance. */
final class CompiledRule {

    private enum Sort {
        REQUIRED,
        NOT_ALLOWED,
        EXACTLY_ONE,
        AT_LEAST_ONE,
        AT_MOST_ONE,
        ALL_OR_NONE
    }

    private final Sort sort;
    private final @Nullable CompiledCondition when;
    private final int[] fields;
    private final @Nullable Object[] defaults;

    /** One per field, or a single one for the rule as a whole. */
    private final Violation[] violations;

    private CompiledRule(
            Sort sort,
            @Nullable CompiledCondition when,
            int[] fields,
            @Nullable Object[] defaults,
            Violation[] violations) {
        this.sort = sort;
        this.when = when;
        this.fields = fields;
        this.defaults = defaults;
        this.violations = violations;
    }

    /**
     * @param indexes the slots of the fields, by canonical key
     * @param names how the fields are called in messages, by canonical key
     * @param defaults the values that count where none is given, by canonical key
     */
    static CompiledRule of(
            Rule rule, Map<String, Integer> indexes, Map<String, String> names, Map<String, Object> defaults) {
        Condition condition = rule.when();
        CompiledCondition when = condition == null ? null : CompiledCondition.of(condition, indexes, defaults);
        int size = rule.fields().size();
        int[] fields = new int[size];
        @Nullable Object[] fieldDefaults = new Object[size];
        List<String> called = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            String key = rule.fields().get(i);
            fields[i] = indexes.getOrDefault(key, -1);
            fieldDefaults[i] = defaults.get(key);
            called.add(names.getOrDefault(key, key));
        }
        String whenText = condition == null ? "" : " when " + Phrases.condition(condition, names);
        if (rule instanceof Rule.RequiredWhen) {
            Violation[] each = each(called, Codes.REQUIRED, " is required" + whenText);
            return new CompiledRule(Sort.REQUIRED, when, fields, fieldDefaults, each);
        } else if (rule instanceof Rule.OnlyWhen) {
            Violation[] each = each(called, Codes.NOT_ALLOWED, " may be given only" + whenText);
            return new CompiledRule(Sort.NOT_ALLOWED, when, fields, fieldDefaults, each);
        } else if (rule instanceof Rule.Choice choice) {
            return switch (choice.count()) {
                case EXACTLY_ONE ->
                    whole(
                            Sort.EXACTLY_ONE,
                            Codes.EXACTLY_ONE,
                            when,
                            fields,
                            fieldDefaults,
                            "exactly one of " + Phrases.list(called, "and") + " is required" + whenText);
                case AT_LEAST_ONE ->
                    whole(
                            Sort.AT_LEAST_ONE,
                            Codes.AT_LEAST_ONE,
                            when,
                            fields,
                            fieldDefaults,
                            "at least one of " + Phrases.list(called, "and") + " is required" + whenText);
                case AT_MOST_ONE ->
                    whole(
                            Sort.AT_MOST_ONE,
                            Codes.AT_MOST_ONE,
                            when,
                            fields,
                            fieldDefaults,
                            "at most one of " + Phrases.list(called, "and") + " may be given" + whenText);
            };
        }
        Violation[] each = each(
                called, Codes.ALL_OR_NONE, " is required too: " + Phrases.list(called, "and") + " belong together");
        return new CompiledRule(Sort.ALL_OR_NONE, when, fields, fieldDefaults, each);
    }

    private static Violation[] each(List<String> names, String code, String rest) {
        return names.stream().map(name -> Violation.of(name, code, name + rest)).toArray(Violation[]::new);
    }

    private static CompiledRule whole(
            Sort sort,
            String code,
            @Nullable CompiledCondition when,
            int[] fields,
            @Nullable Object[] defaults,
            String message) {
        return new CompiledRule(sort, when, fields, defaults, new Violation[] {Violation.of("", code, message)});
    }

    void apply(@Nullable Object[] slots, Findings findings) {
        int answer = when == null ? CompiledCondition.YES : when.ask(slots);
        if (answer == CompiledCondition.UNKNOWN
                || answer == (sort == Sort.NOT_ALLOWED ? CompiledCondition.YES : CompiledCondition.NO)) {
            return;
        }
        switch (sort) {
            case REQUIRED -> required(slots, findings);
            case NOT_ALLOWED -> notAllowed(slots, findings);
            case ALL_OR_NONE -> allOrNone(slots, findings);
            default -> choice(slots, findings);
        }
    }

    private void required(@Nullable Object[] slots, Findings findings) {
        for (int i = 0; i < fields.length; i++) {
            if (slots[fields[i]] == null && defaults[i] == null) {
                findings.add(violations[i]);
            }
        }
    }

    private void notAllowed(@Nullable Object[] slots, Findings findings) {
        for (int i = 0; i < fields.length; i++) {
            Object value = slots[fields[i]];
            Object idle = defaults[i];
            if (value != null && (idle == null || (value != CompiledField.PRESENT && !value.equals(idle)))) {
                findings.add(violations[i]);
            }
        }
    }

    private void allOrNone(@Nullable Object[] slots, Findings findings) {
        int given = given(slots);
        if (given > 0 && given < fields.length) {
            for (int i = 0; i < fields.length; i++) {
                if (slots[fields[i]] == null) {
                    findings.add(violations[i]);
                }
            }
        }
    }

    private void choice(@Nullable Object[] slots, Findings findings) {
        int given = given(slots);
        if ((given == 0 && sort != Sort.AT_MOST_ONE) || (given > 1 && sort != Sort.AT_LEAST_ONE)) {
            findings.add(violations[0]);
        }
    }

    private int given(@Nullable Object[] slots) {
        int given = 0;
        for (int field : fields) {
            if (slots[field] != null) {
                given++;
            }
        }
        return given;
    }
}
