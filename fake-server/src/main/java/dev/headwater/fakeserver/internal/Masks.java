package dev.headwater.fakeserver.internal;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.headwater.fakeserver.RecordedRequest;
import dev.headwater.spi.SecretValue;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Shows requests without secrets. Only what is known to be harmless is shown: which keys hold secrets depends on the kind,
 * and clients send keys that nobody knows.
 */
public final class Masks {

    /** Shown where they stand outside of a config. */
    private static final Set<String> SHOWN = Set.of(
            "clientId",
            "client_id",
            "cursor",
            "datasourceType",
            "decrypt",
            "dialect",
            "displayName",
            "expireAt",
            "grantType",
            "grant_type",
            "id",
            "includePreview",
            "integrationId",
            "integrationKind",
            "integrationName",
            "isPagination",
            "kind",
            "limit",
            "name",
            "pageNumber",
            "permissionTags",
            "secretId",
            "secretName",
            "tenancyLevel",
            "type");

    /** What holds keys of the client's choice. */
    private static final Set<String> CONFIGS = Set.of("config", "credentials", "environmentVariables");

    private static final int MAX_LINE = 2_000;

    private Masks() {}

    /** {@return one line about the request} */
    public static String line(RecordedRequest request) {
        StringBuilder line = new StringBuilder();
        if (request.system() != null) {
            line.append(request.system().label()).append(' ');
        }
        line.append(request.operation())
                .append(" (")
                .append(request.protocol())
                .append(' ')
                .append(request.method())
                .append(' ')
                .append(printable(request.path()))
                .append(')');
        if (!request.body().isEmpty()) {
            line.append(' ').append(printable(body(request.body())));
        }
        return line.length() <= MAX_LINE ? line.toString() : line.substring(0, MAX_LINE) + "…";
    }

    private static String body(String body) {
        try {
            return Json.write(masked(Json.element(body.getBytes(StandardCharsets.UTF_8)), "", false, false));
        } catch (FaceException noJson) {
            return body.length() + " characters";
        }
    }

    private static JsonElement masked(JsonElement element, String at, boolean inConfig, boolean shown) {
        if (element instanceof JsonObject object) {
            JsonObject masked = new JsonObject();
            object.entrySet().forEach(entry -> {
                String key = entry.getKey();
                boolean config = inConfig || CONFIGS.contains(key);
                boolean show =
                        inConfig ? key.equals("secretId") || isName(at, key, entry.getValue()) : SHOWN.contains(key);
                masked.add(key, masked(entry.getValue(), inConfig ? "" : key, config, show));
            });
            return masked;
        }
        if (element instanceof JsonArray array) {
            JsonArray masked = new JsonArray();
            array.forEach(item -> masked.add(masked(item, "", inConfig, shown)));
            return masked;
        }
        return shown || element.isJsonNull() ? element : new JsonPrimitive(SecretValue.HIDDEN);
    }

    /** DataBrain has the name of a data source among its credentials. */
    private static boolean isName(String at, String key, JsonElement value) {
        return at.equals("credentials") && key.equals("name") && value.isJsonPrimitive();
    }

    private static String printable(String text) {
        StringBuilder printable = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
                printable.append(String.format("\\u%04x", c));
            } else {
                printable.appendCodePoint(c);
            }
        });
        return printable.toString();
    }
}
