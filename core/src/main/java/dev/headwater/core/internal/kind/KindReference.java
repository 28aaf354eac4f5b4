package dev.headwater.core.internal.kind;

import dev.headwater.spi.Constraint;
import dev.headwater.spi.FieldAlias;
import dev.headwater.spi.FieldDefinition;
import dev.headwater.spi.KindDefinition;
import dev.headwater.spi.Rule;
import dev.headwater.spi.SourceSystem;
import dev.headwater.spi.ValueTransform;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes kinds as Markdown. */
public final class KindReference {

    private KindReference() {}

    /** {@return the page of one kind} */
    public static String page(KindDefinition kind) {
        StringBuilder page = new StringBuilder();
        page.append("# ").append(kind.label()).append(" (`").append(kind.id()).append("`)\n\n");
        if (!kind.description().isEmpty()) {
            page.append(kind.description()).append("\n\n");
        }
        if (!kind.systemNames().isEmpty()) {
            page.append("Also called ").append(Phrases.list(names(kind), "and")).append(".\n\n");
        }
        if (kind.fields().isEmpty()) {
            page.append("It has no fields.\n");
            return page.toString();
        }
        for (String group : kind.groups()) {
            page.append("## ").append(group).append("\n\n");
            page.append("| Field | Type | Required | Default | Meaning |\n|---|---|---|---|---|\n");
            kind.fields().stream()
                    .filter(field -> field.group().equals(group))
                    .forEach(field -> row(page, kind, field));
            page.append('\n');
        }
        if (!kind.rules().isEmpty()) {
            page.append("## Rules\n\n");
            kind.rules().forEach(rule -> page.append("- ").append(rule(rule)).append('\n'));
            page.append('\n');
        }
        aliases(page, kind);
        if (!kind.extraProperties().isEmpty()) {
            page.append("## Driver properties\n\nThese may be given under `extraProperties`; all others are refused: ")
                    .append(String.join(
                            ", ",
                            kind.extraProperties().stream()
                                    .sorted()
                                    .map(KindReference::code)
                                    .toList()))
                    .append(".\n\n");
        }
        page.append("[JSON Schema](schema/").append(kind.id()).append(".json)\n");
        return page.toString();
    }

    private static final String HOW_TO_READ = """

            These pages are written from the definitions in the code. After a change there, rewrite them with

                mvn -q -pl core -am test -Dtest=KindDocsTest -Dsurefire.failIfNoSpecifiedTests=false -Dheadwater.write-docs=true

            ## How a config is read

            - A key is canonical (`ssl.enabled`), canonical in nested maps (`{"ssl": {"enabled": true}}`), or one that Chalk,
              DataBrain or Basedash uses for the kind. Canonical keys are stored.
            - A config made for one of the three systems is read whole. DataBrain's `name`, and Basedash's `type`, `dialect` and
              `displayName`, may stand in it: `type` must be `direct`, `dialect` must name the kind, and the names are handed on.
              Basedash's keys for other dialects may be there as long as they are null, empty, or at their default.
            - Numbers and booleans may be given as text: `"5432"`, `"true"`. JSON objects may be given as maps.
            - Null means: not given. In an update it means: clear.
            - Any field can be linked to a secret. A key whose values are written in another way (`sshTunnel`: `enable`) cannot;
              link the canonical key. A link under a key in Base64 is decoded when it is read.
            - Driver properties stand under `extraProperties`, and only those of the kind's list are taken. None of the lists has
              one that loads code, reads files or opens other connections.
            - The JSON Schemas describe the canonical form: canonical keys with dots, values of the field's own type.

            ## What validation says

            All that is wrong is said at once. Each finding has the field, a stable code, and a message; messages never hold the
            value of a secret field.

            | Code | Meaning |
            |---|---|
            | `required` | a field is missing, always or under a rule |
            | `exactly-one`, `at-least-one`, `at-most-one` | too few or too many of some fields |
            | `all-or-none` | a field is missing that belongs to another |
            | `not-allowed` | a field is given that a rule excludes |
            | `unknown-kind` | there is no such kind, or the system asked for does not have it |
            | `unknown-field` | the kind has no such field; the nearest known key is suggested |
            | `unknown-property` | the driver property is not among those that the kind allows |
            | `wrong-kind` | `dialect` names another kind |
            | `given-twice` | two keys give the same field |
            | `too-many-keys`, `too-deep` | the config is too large, or nested too deeply |
            | `not-text`, `not-a-number`, `not-a-boolean`, `not-a-map` | the value is of another type |
            | `not-one-of` | the value is none of the words |
            | `not-json`, `not-base64`, `not-a-duration` | the text is not of that form |
            | `not-a-secret` | a secret value is given for a field that is stored in the clear |
            | `not-linkable` | a link stands under a key whose values would have to be translated |
            | `out-of-range`, `empty`, `too-short`, `too-long` | the value is out of bounds |
            | `control-character` | control characters in text of one line, or text that is not valid Unicode |
            | `malformed` | the text is no host, URL, ARN or whatever the field wants |
            | `masked-secret` | the mask that is shown for a secret was pasted back |
            | `surrounding-space` | a warning: a secret begins or ends with white space, and is used with it |
            """;

    /** {@return the page that lists the kinds} */
    public static String index(List<KindDefinition> kinds) {
        StringBuilder page = new StringBuilder("# Kinds\n\n");
        page.append("Headwater brings ")
                .append(kinds.size())
                .append(" kinds of data source. Each goes by its id and by what ")
                .append("the three systems call it, whatever the case of the letters.\n\n");
        page.append("| Kind | Id | Chalk | DataBrain | Basedash |\n|---|---|---|---|---|\n");
        for (KindDefinition kind : kinds) {
            page.append("| [")
                    .append(kind.label())
                    .append("](kinds/")
                    .append(kind.id())
                    .append(".md) | ");
            page.append(code(kind.id()));
            for (SourceSystem system : SourceSystem.values()) {
                String name = kind.systemNames().get(system);
                page.append(" | ").append(name == null ? "" : code(name));
            }
            page.append(" |\n");
        }
        return page.append(HOW_TO_READ).toString();
    }

    private static List<String> names(KindDefinition kind) {
        List<String> names = new ArrayList<>();
        kind.systemNames().forEach((system, name) -> names.add(code(name) + " (" + system.label() + ")"));
        return names;
    }

    private static void row(StringBuilder page, KindDefinition kind, FieldDefinition field) {
        page.append("| ").append(code(field.key())).append(" | ");
        page.append(type(field)).append(field.secret() ? ", secret" : "").append(" | ");
        page.append(field.required() ? "yes" : kind.conditional(field.key()) ? "see rules" : "no")
                .append(" | ");
        page.append(
                        field.defaultValue() == null
                                ? ""
                                : code(field.defaultValue().toString()))
                .append(" | ");
        page.append(cell(field.description().isEmpty() ? field.label() : field.description()))
                .append(" |\n");
    }

    private static String type(FieldDefinition field) {
        String base = switch (field.type()) {
            case TEXT -> "text";
            case TEXT_BLOCK -> "text of several lines";
            case INTEGER -> "whole number";
            case BOOLEAN -> "true or false";
            case ENUM -> "one of";
            case JSON -> "JSON object";
            case DURATION -> "length of time";
        };
        StringBuilder type = new StringBuilder(base);
        for (Constraint constraint : field.constraints()) {
            if (constraint instanceof Constraint.Range range) {
                type.append(" from ").append(range.min()).append(" to ").append(range.max());
            } else if (constraint instanceof Constraint.OneOf oneOf) {
                type.append(' ')
                        .append(String.join(
                                ", ",
                                oneOf.values().stream().map(KindReference::code).toList()));
            } else if (constraint instanceof Constraint.Format format) {
                type.append(": ").append(format.format().expected());
            } else if (constraint instanceof Constraint.Pattern pattern) {
                type.append(": ").append(pattern.expected());
            } else if (constraint instanceof Constraint.JsonMembers members) {
                type.append(" with no other members than ")
                        .append(String.join(
                                ", ",
                                members.allowed().stream()
                                        .map(KindReference::code)
                                        .toList()));
            } else if (constraint instanceof Constraint.Length length && length.min() == 0) {
                type.append(", may be empty");
            }
        }
        return cell(type.toString());
    }

    private static String rule(Rule rule) {
        List<String> fields = rule.fields().stream().map(KindReference::code).toList();
        String when = rule.when() == null ? "" : " when " + Phrases.condition(rule.when(), Map.of());
        boolean one = fields.size() == 1;
        if (rule instanceof Rule.RequiredWhen) {
            return Phrases.list(fields, "and") + (one ? " is" : " are") + " required" + when + ".";
        } else if (rule instanceof Rule.OnlyWhen) {
            return Phrases.list(fields, "and") + " may be given only" + when + ".";
        } else if (rule instanceof Rule.AllOrNone) {
            return Phrases.list(fields, "and") + " belong together: all of them or none.";
        }
        return switch (((Rule.Choice) rule).count()) {
            case EXACTLY_ONE -> "Exactly one of " + Phrases.list(fields, "and") + " is required" + when + ".";
            case AT_LEAST_ONE -> "At least one of " + Phrases.list(fields, "and") + " is required" + when + ".";
            case AT_MOST_ONE -> "At most one of " + Phrases.list(fields, "and") + " may be given" + when + ".";
        };
    }

    private static void aliases(StringBuilder page, KindDefinition kind) {
        if (kind.fields().stream().allMatch(field -> field.aliases().isEmpty())) {
            return;
        }
        page.append("## Keys of the three systems\n\n");
        page.append(
                        "The requirement is that system's own; *expected* means that its documents or clients use the key and ")
                .append("its server is not known to insist.\n\n");
        page.append("| Field | Chalk | DataBrain | Basedash |\n|---|---|---|---|\n");
        for (FieldDefinition field : kind.fields()) {
            page.append("| ").append(code(field.key()));
            for (SourceSystem system : SourceSystem.values()) {
                List<String> keys =
                        field.aliases(system).stream().map(KindReference::alias).toList();
                page.append(" | ").append(String.join("; ", keys));
            }
            page.append(" |\n");
        }
        page.append('\n');
    }

    private static String alias(FieldAlias alias) {
        String requirement = switch (alias.requirement()) {
            case REQUIRED -> "required";
            case CONDITIONAL -> "conditional";
            case OPTIONAL -> "optional";
            case EXPECTED -> "*expected*";
        };
        return code(alias.key()) + " " + requirement + reading(alias.transform());
    }

    private static String reading(ValueTransform transform) {
        if (transform instanceof ValueTransform.Base64Text) {
            return ", in Base64";
        } else if (transform instanceof ValueTransform.Words words) {
            return ", as "
                    + String.join(
                            ", ",
                            words.values().keySet().stream()
                                    .map(KindReference::code)
                                    .toList());
        } else if (transform instanceof ValueTransform.HostOnly) {
            return ", or its URL";
        }
        return "";
    }

    private static String code(String text) {
        return "`" + text + "`";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
