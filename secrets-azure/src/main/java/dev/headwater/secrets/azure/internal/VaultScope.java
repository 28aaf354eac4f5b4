package dev.headwater.secrets.azure.internal;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which vault a store reads. The cloud is part of the host: {@code vault.azure.net}, {@code vault.azure.cn}, {@code
 * vault.usgovcloudapi.net}.
 *
 * @param host in lower case
 * @param port 443 in every Azure cloud
 */
public record VaultScope(String host, int port) {

    static final int HTTPS = 443;

    private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?";

    private static final Pattern URL =
            Pattern.compile("(?i:https)://(" + LABEL + "(?:\\." + LABEL + ")*)(?::([1-9][0-9]{0,4}))?/?");

    /** @throws IllegalArgumentException if the text is not an https URL of a host alone */
    public static VaultScope parse(String url) {
        Matcher parts = URL.matcher(url);
        if (!parts.matches()) {
            throw new IllegalArgumentException("the vault must be a URL such as https://myvault.vault.azure.net, got "
                    + VaultReferences.shown(url));
        }
        String port = parts.group(2);
        return new VaultScope(parts.group(1).toLowerCase(Locale.ROOT), port == null ? HTTPS : Integer.parseInt(port));
    }

    /** {@return the vault's URL, without a slash at its end} */
    public String url() {
        return "https://" + host + (port == HTTPS ? "" : ":" + port);
    }

    /** {@return the identifier of a secret in this vault} */
    String secret(String name) {
        return url() + "/secrets/" + name;
    }
}
