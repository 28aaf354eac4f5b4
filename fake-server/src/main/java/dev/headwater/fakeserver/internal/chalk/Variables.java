package dev.headwater.fakeserver.internal.chalk;

import dev.headwater.fakeserver.internal.FakeSource;
import dev.headwater.fakeserver.internal.Scope;
import dev.headwater.spi.LinkedSecretRef;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The environment variables that data sources bring. */
final class Variables {

    private final Sources sources;

    Variables(Sources sources) {
        this.sources = sources;
    }

    /** {@return the variables of a data source, each under its bare key and its full name} */
    List<Variable> of(FakeSource source) {
        List<Variable> variables = new ArrayList<>();
        sources.config(source).forEach((key, value) -> {
            boolean linked = value instanceof LinkedSecretRef;
            String text = value instanceof LinkedSecretRef link ? link.reference() : value.toString();
            variables.add(new Variable(
                    source.id() + "." + key, source.id(), key, prefix(source) + key, text, linked, source.updatedAt()));
        });
        return variables;
    }

    List<Variable> all(Scope scope) {
        return sources.all(scope).stream()
                .flatMap(source -> of(source).stream())
                .toList();
    }

    /** {@return the values by name: prefixed with the data source's name, and for the first one of a kind bare as well} */
    Map<String, String> values(Scope scope) {
        Map<String, String> values = new LinkedHashMap<>();
        Set<String> kinds = new HashSet<>();
        for (FakeSource source : sources.all(scope)) {
            boolean first = kinds.add(source.kind());
            for (Variable variable : of(source)) {
                if (!variable.linked()) {
                    values.put(variable.fullName(), variable.text());
                    if (first) {
                        values.put(variable.key(), variable.text());
                    }
                }
            }
        }
        return values;
    }

    private static String prefix(FakeSource source) {
        return source.name().isEmpty() ? "" : source.name() + "_";
    }
}
