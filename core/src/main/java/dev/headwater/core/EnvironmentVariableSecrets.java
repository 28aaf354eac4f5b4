package dev.headwater.core;

import dev.headwater.core.internal.secret.Printable;
import dev.headwater.spi.SecretReferenceException;
import dev.headwater.spi.SecretStore;
import dev.headwater.spi.SecretStoreException;
import dev.headwater.spi.SecretValue;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A secret store of environment variables, for development and for platforms that hand secrets to a process that way.
 * A secret's name is a variable's name without the prefix. Names are {@code [A-Za-z_][A-Za-z0-9_]*} (the portable ones of
 * POSIX, in either case), at most {@value #MAX_NAME_LENGTH} characters. A variable that is set and empty is an empty
 * secret. A process's variables do not change, so neither do these secrets. Never blocks.
 */
public final class EnvironmentVariableSecrets implements SecretStore {

    /** The most characters of a secret's name. */
    public static final int MAX_NAME_LENGTH = 255;

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final String prefix;
    private final Function<String, @Nullable String> variables;

    EnvironmentVariableSecrets(String prefix, Function<String, @Nullable String> variables) {
        if (!prefix.isEmpty() && !NAME.matcher(prefix).matches()) {
            throw new IllegalArgumentException(
                    "a prefix of environment variables is made of letters, digits and _, not beginning with a digit; got "
                            + prefix);
        }
        this.prefix = prefix;
        this.variables = variables;
    }

    /**
     * Every variable of the process is a secret that can be linked. Where people who are not the host may write links,
     * take a {@linkplain #withPrefix prefix}.
     */
    public static EnvironmentVariableSecrets ofAll() {
        return new EnvironmentVariableSecrets("", System::getenv);
    }

    /**
     * Only variables whose names begin with the prefix can be linked, by the rest of their names.
     *
     * @throws IllegalArgumentException if the prefix is not the beginning of a variable's name
     */
    public static EnvironmentVariableSecrets withPrefix(String prefix) {
        return new EnvironmentVariableSecrets(prefix, System::getenv);
    }

    @Override
    public String description() {
        return prefix.isEmpty() ? "environment variables" : "environment variables that begin with " + prefix;
    }

    @Override
    public String normalize(String reference) {
        if (reference.length() > MAX_NAME_LENGTH || !NAME.matcher(reference).matches()) {
            throw new SecretReferenceException(
                    SecretReferenceException.Reason.MALFORMED,
                    reference,
                    null,
                    "a secret in environment variables is named by letters, digits and _, not beginning with a digit, at most "
                            + MAX_NAME_LENGTH + " characters; got " + Printable.of(reference));
        }
        return reference;
    }

    @Override
    public SecretValue fetchLatest(String name) {
        String variable = prefix + normalize(name);
        String value = variables.apply(variable);
        if (value == null) {
            throw new SecretStoreException(
                    SecretStoreException.Reason.NOT_FOUND,
                    name,
                    "environment variable " + variable + " is not set",
                    null);
        }
        return SecretValue.of(value);
    }

    /** Does nothing: there is nothing to release. */
    @Override
    public void close() {}
}
