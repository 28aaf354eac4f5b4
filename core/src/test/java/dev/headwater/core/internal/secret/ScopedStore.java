package dev.headwater.core.internal.secret;

import dev.headwater.spi.SecretReferenceException;
import dev.headwater.spi.SecretReferenceException.Reason;
import dev.headwater.spi.SecretStore;
import dev.headwater.spi.SecretValue;
import java.util.function.Function;
import java.util.regex.Pattern;

/** A secret store whose names match a pattern, and whose full identifiers are {@code <scheme>:<scope>:<name>[#version]}. */
record ScopedStore(String scheme, String scope, Pattern names, Function<String, SecretValue> secrets)
        implements SecretStore {

    static ScopedStore of(String scheme, String scope) {
        return new ScopedStore(scheme, scope, Pattern.compile("[a-z-]+"), name -> SecretValue.of(scope + "/" + name));
    }

    ScopedStore named(String pattern) {
        return new ScopedStore(scheme, scope, Pattern.compile(pattern), secrets);
    }

    static ScopedStore holding(Function<String, SecretValue> secrets) {
        return new ScopedStore("x", "x", Pattern.compile("[a-z-]+"), secrets);
    }

    @Override
    public String description() {
        return scheme + " store of " + scope;
    }

    @Override
    public String normalize(String reference) {
        String own = scheme + ":" + scope + ":";
        if (names.matcher(reference).matches()) {
            return reference;
        }
        if (!reference.startsWith(scheme + ":")) {
            throw refuse(Reason.MALFORMED, reference, "no name");
        }
        if (reference.contains("#")) {
            throw refuse(Reason.PINNED_VERSION, reference, "pinned");
        }
        if (!reference.startsWith(own)) {
            throw refuse(Reason.WRONG_STORE, reference, "expected " + own);
        }
        return normalize(reference.substring(own.length()));
    }

    private SecretReferenceException refuse(Reason reason, String reference, String why) {
        return new SecretReferenceException(reason, reference, scheme + ":" + scope, scope + " says " + why);
    }

    @Override
    public SecretValue fetchLatest(String name) {
        return secrets.apply(name);
    }

    @Override
    public void close() {}
}
