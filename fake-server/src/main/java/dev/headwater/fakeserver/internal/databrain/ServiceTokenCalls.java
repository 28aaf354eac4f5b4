package dev.headwater.fakeserver.internal.databrain;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.headwater.fakeserver.internal.Scope;
import dev.headwater.fakeserver.internal.Tokens;
import dev.headwater.fakeserver.internal.Tokens.Found;
import dev.headwater.fakeserver.internal.Tokens.Token;
import dev.headwater.fakeserver.internal.World;
import dev.headwater.fakeserver.internal.rest.Values;
import dev.headwater.spi.SourceSystem;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** DataBrain's calls that make a service token and put another in its place. */
final class ServiceTokenCalls {

    /** What a token needs to be a service token. */
    static final String PERMISSION = "service";

    private static final Pattern GUID = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");
    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,20}(\\.[0-9]{1,20})?");
    /** Beyond it, numbers are not exact in JavaScript. */
    private static final double MOST_SAFE = (1L << 53) - 1;

    private final World world;

    ServiceTokenCalls(World world) {
        this.world = world;
    }

    /** The token that was last made in a scope by these calls; there is one for an organization. */
    private static final class Current {

        private @Nullable String value;
    }

    /** Makes the token that the body names the one of the scope; the one before is good no more. */
    JsonObject create(Scope scope, JsonObject body) {
        String value = guid(body);
        scope.atomically(() -> {
            Tokens tokens = world.tokens();
            Found found = tokens.find(SourceSystem.DATABRAIN, value);
            if (found.token() != null && !opens(found.token(), scope)) {
                throw invalid("\"token\" is in use");
            }
            Current current = scope.attachment(Current.class, Current::new);
            if (current.value != null && !current.value.equals(value)) {
                tokens.revoke(current.value);
            }
            boolean lasts = found.standing() == Tokens.Standing.GOOD
                    && found.token() != null
                    && found.token().expiresAt() == null;
            if (!lasts) {
                tokens.issue(SourceSystem.DATABRAIN, value, scope.id(), Set.of(PERMISSION), null);
            }
            current.value = value;
            return value;
        });
        return Values.object("key", value);
    }

    /** Makes a token, and lets the one that came with the call run out. */
    JsonObject rotate(Scope scope, Token old, JsonObject body) {
        Duration grace = grace(body);
        String value = world.newId();
        scope.atomically(() -> {
            world.tokens().issue(SourceSystem.DATABRAIN, value, old.scope(), Set.of(PERMISSION), null);
            world.tokens().expire(old.value(), grace);
            scope.attachment(Current.class, Current::new).value = value;
            return value;
        });
        return Values.object("key", value);
    }

    private boolean opens(Token token, Scope scope) {
        return token.scope() == null
                ? world.scopes().get(0).id().equals(scope.id())
                : token.scope().equals(scope.id());
    }

    private static String guid(JsonObject body) {
        JsonElement token = body.get("token");
        if (token == null) {
            throw invalid(JoiWords.required("token"));
        }
        if (!(token instanceof JsonPrimitive primitive) || !primitive.isString()) {
            throw invalid(JoiWords.notText("token"));
        }
        String value = primitive.getAsString();
        if (value.isEmpty()) {
            throw invalid(JoiWords.empty("token"));
        }
        if (!GUID.matcher(value).matches()) {
            throw invalid(JoiWords.notAGuid("token"));
        }
        return value;
    }

    /** Seconds, as a number or as text that is one. */
    private static Duration grace(JsonObject body) {
        JsonElement given = body.get("expireAt");
        if (given == null) {
            throw invalid(JoiWords.required("expireAt"));
        }
        if (!(given instanceof JsonPrimitive primitive)
                || primitive.isBoolean()
                || (primitive.isString()
                        && !NUMBER.matcher(primitive.getAsString()).matches())) {
            throw invalid(JoiWords.notANumber("expireAt"));
        }
        double seconds = primitive.getAsDouble();
        if (Math.abs(seconds) > MOST_SAFE) {
            throw invalid(JoiWords.tooLargeToBeExact("expireAt"));
        }
        if (seconds < 0) {
            throw invalid(JoiWords.tooSmall("expireAt", 0));
        }
        return Duration.ofMillis(Math.round(seconds * 1_000));
    }

    private static DataBrainRefusal invalid(String message) {
        return new DataBrainRefusal(DataBrainCode.INVALID_REQUEST_BODY, message);
    }
}
