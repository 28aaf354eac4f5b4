package dev.headwater.connectors.internal.snowflake;

import dev.headwater.connectors.internal.net.Endpoint;
import dev.headwater.spi.ResolvedConfig;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Snowflake where a stub of it is: an account such as {@code stub-40123} is at that port of {@code localhost}, or of the host
 * that a config names, which the kind itself does not have.
 */
public final class StubbedSnowflakeKind extends SnowflakeKind {

    private static final Pattern ACCOUNT = Pattern.compile("stub-(\\d+)");

    /** {@return the account that leads to the port} */
    public static String account(int port) {
        return "stub-" + port;
    }

    @Override
    Endpoint endpoint(ResolvedConfig config) {
        Matcher account = ACCOUNT.matcher(config.required("account"));
        if (!account.matches()) {
            throw new IllegalStateException("no account of a stub: " + config);
        }
        return Endpoint.of(config.text("host").orElse("localhost"), Long.parseLong(account.group(1)));
    }
}
