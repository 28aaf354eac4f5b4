package dev.headwater.benchmarks;

import dev.headwater.spi.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a program with this one kind, and no other, would write to check its configs: one loop over the entries, a switch
 * over their keys and aliases, and the same checks as the definition of PostgreSQL has, with messages as good. It does not
 * know nested maps, links, driver properties and explicit masks of secrets, and it does not say which key was meant.
 */
final class HandWritten {

    private static final int LONGEST_TEXT = 65_536;
    private static final int LONGEST_SECRET = 262_144;
    private static final int LONGEST_HOST = 255;

    private final List<Violation> violations = new ArrayList<>();

    private @Nullable Object host;
    private @Nullable Object port;
    private @Nullable Object database;
    private @Nullable Object username;
    private @Nullable Object password;
    private @Nullable Object schema;
    private @Nullable Object iam;
    private @Nullable Object region;
    private @Nullable Object role;
    private @Nullable Object ssl;
    private @Nullable Object ssh;
    private @Nullable Object sshHost;
    private @Nullable Object sshPort;
    private @Nullable Object sshUsername;
    private @Nullable Object sshPassword;
    private @Nullable Object sshKey;
    private @Nullable Object sshPassphrase;
    private @Nullable Object poolSize;
    private @Nullable Object engineArguments;

    private HandWritten() {}

    static List<Violation> validate(Map<String, ?> config) {
        HandWritten check = new HandWritten();
        for (Map.Entry<String, ?> entry : config.entrySet()) {
            if (entry.getValue() != null) {
                check.read(entry.getKey(), entry.getValue());
            }
        }
        check.complete();
        return check.violations;
    }

    private void read(String key, Object value) {
        switch (key) {
            case "host", "PGHOST" -> host = host("host", key, value, host);
            case "port", "PGPORT" -> port = number("port", key, value, port, 1, 65_535);
            case "database", "PGDATABASE", "databaseName" -> database = text("database", key, value, database);
            case "username", "PGUSER" -> username = text("username", key, value, username);
            case "password", "PGPASSWORD" -> password = secret("password", key, value, password);
            case "schema" -> schema = text("schema", key, value, schema);
            case "aws_iam_auth", "PG_AWS_IAM_AUTH" -> iam = flag("aws_iam_auth", key, value, iam);
            case "region", "PG_AWS_REGION" -> region = text("region", key, value, region);
            case "role_arn", "PG_AWS_ROLE_ARN" -> role = text("role_arn", key, value, role);
            case "ssl.enabled", "sslMode", "sslEnabled" -> ssl = flag("ssl.enabled", key, value, ssl);
            case "ssh.enabled", "sshEnabled" -> ssh = flag("ssh.enabled", key, value, ssh);
            case "sshTunnel" -> ssh = switched("ssh.enabled", key, value, ssh);
            case "ssh.host", "sshHost" -> sshHost = host("ssh.host", key, value, sshHost);
            case "ssh.port", "sshPort" -> sshPort = number("ssh.port", key, value, sshPort, 1, 65_535);
            case "ssh.username", "sshUsername" -> sshUsername = text("ssh.username", key, value, sshUsername);
            case "ssh.password", "sshPassword" -> sshPassword = secret("ssh.password", key, value, sshPassword);
            case "ssh.private_key", "sshPrivateKey" -> sshKey = secret("ssh.private_key", key, value, sshKey);
            case "ssh.private_key_passphrase", "sshPrivateKeyPassphrase" ->
                sshPassphrase = secret("ssh.private_key_passphrase", key, value, sshPassphrase);
            case "pool.max_size", "maxPoolSize" -> poolSize = number("pool.max_size", key, value, poolSize, 1, 100);
            case "engine_arguments", "ENGINE_ARGUMENTS" ->
                engineArguments = secret("engine_arguments", key, value, engineArguments);
            case "name", "displayName", "type", "dialect" -> {}
            default -> add(key, "unknown-field", "postgresql has no field " + key);
        }
    }

    private void complete() {
        require("host", host, "");
        require("database", database, "");
        require("username", username, "");
        if (Boolean.TRUE.equals(ssh)) {
            require("ssh.host", sshHost, " when ssh.enabled is true");
            require("ssh.username", sshUsername, " when ssh.enabled is true");
            if (sshPassword == null && sshKey == null) {
                add(
                        "",
                        "at-least-one",
                        "at least one of ssh.password and ssh.private_key is required when ssh.enabled is true");
            }
        }
        if (Boolean.TRUE.equals(iam)) {
            require("region", region, " when aws_iam_auth is true");
        }
    }

    private void require(String field, @Nullable Object value, String when) {
        if (value == null) {
            add(field, "required", field + " is required" + when);
        }
    }

    private Object text(String field, String key, Object value, @Nullable Object before) {
        if (twice(field, key, before)) {
            return value;
        }
        if (!(value instanceof String text)) {
            add(key, "not-text", key + " must be text, got " + value.getClass().getSimpleName());
            return value;
        }
        if (sized(key, text, LONGEST_TEXT)) {
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c < ' ' || (c >= 0x7f && c <= 0x9f) || (Character.isSurrogate(c) && torn(text, i))) {
                    add(key, "control-character", key + " must be one line without control characters");
                    break;
                }
            }
        }
        return value;
    }

    private Object host(String field, String key, Object value, @Nullable Object before) {
        if (twice(field, key, before)) {
            return value;
        }
        if (!(value instanceof String text)) {
            add(key, "not-text", key + " must be text, got " + value.getClass().getSimpleName());
        } else if (sized(key, text, LONGEST_HOST) && !hostCharacters(text)) {
            add(key, "malformed", key + " must be a host name or IP address, without a port, got \"" + text + '"');
        }
        return value;
    }

    /** Whether the character at the index is half a surrogate pair. */
    private static boolean torn(String text, int index) {
        return Character.isHighSurrogate(text.charAt(index))
                ? index + 1 == text.length() || !Character.isLowSurrogate(text.charAt(index + 1))
                : index == 0 || !Character.isHighSurrogate(text.charAt(index - 1));
    }

    /** A name, or an IP address if there are colons. */
    private static boolean hostCharacters(String text) {
        int colons = 0;
        boolean address = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ':') {
                colons++;
            } else if ((c >= 'g' && c <= 'z') || (c >= 'G' && c <= 'Z') || c == '-' || c == '_') {
                address = false;
            } else if (!((c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || (c >= '0' && c <= '9') || c == '.')) {
                return false;
            }
        }
        return colons == 0 || (colons >= 2 && address);
    }

    private Object secret(String field, String key, Object value, @Nullable Object before) {
        if (!twice(field, key, before)) {
            if (value instanceof String text) {
                sized(key, text, LONGEST_SECRET);
            } else {
                add(
                        key,
                        "not-text",
                        key + " must be text, got " + value.getClass().getSimpleName());
            }
        }
        return value;
    }

    private Object number(String field, String key, Object value, @Nullable Object before, long min, long max) {
        if (twice(field, key, before)) {
            return value;
        }
        long number;
        if (value instanceof Integer || value instanceof Long) {
            number = ((Number) value).longValue();
        } else if (value instanceof String text) {
            number = digits(text);
            if (number < 0) {
                add(key, "not-a-number", range(key, min, max) + ", got \"" + text + '"');
                return value;
            }
        } else {
            add(key, "not-a-number", range(key, min, max));
            return value;
        }
        if (number < min || number > max) {
            add(key, "out-of-range", range(key, min, max) + ", got " + number);
        }
        return value;
    }

    /** The number, or -1 if it is none; an exception would be dearer than all the rest. */
    private static long digits(String text) {
        long number = text.isEmpty() || text.length() > 9 ? -1 : 0;
        for (int i = 0; number >= 0 && i < text.length(); i++) {
            char c = text.charAt(i);
            number = c >= '0' && c <= '9' ? number * 10 + c - '0' : -1;
        }
        return number;
    }

    private static String range(String key, long min, long max) {
        return key + " must be a whole number from " + min + " to " + max;
    }

    private Object flag(String field, String key, Object value, @Nullable Object before) {
        if (twice(field, key, before) || value instanceof Boolean) {
            return value;
        }
        if (value instanceof String text) {
            if (text.equalsIgnoreCase("true")) {
                return true;
            } else if (text.equalsIgnoreCase("false")) {
                return false;
            }
        }
        add(key, "not-a-boolean", key + " must be true or false, got " + value);
        return value;
    }

    private Object switched(String field, String key, Object value, @Nullable Object before) {
        return value.equals("enable")
                ? flag(field, key, true, before)
                : value.equals("disable") ? flag(field, key, false, before) : flag(field, key, value, before);
    }

    private boolean sized(String key, String text, int longest) {
        if (text.isEmpty()) {
            add(key, "empty", key + " must not be empty");
            return false;
        }
        if (text.length() > longest) {
            add(key, "too-long", key + " must have at most " + longest + " characters, has " + text.length());
            return false;
        }
        return true;
    }

    private boolean twice(String field, String key, @Nullable Object before) {
        if (before != null) {
            add(key, "given-twice", field + " is given twice, the second time as " + key);
            return true;
        }
        return false;
    }

    private void add(String field, String code, String message) {
        violations.add(Violation.of(field, code, message));
    }
}
