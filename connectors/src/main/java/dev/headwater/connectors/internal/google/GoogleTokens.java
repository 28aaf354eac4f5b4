package dev.headwater.connectors.internal.google;

import com.google.gson.JsonObject;
import dev.headwater.connectors.internal.rest.Json;
import dev.headwater.connectors.internal.rest.RestClient;
import dev.headwater.spi.ConnectionTarget;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Clock;
import java.util.Base64;
import java.util.Map;

/**
 * Gets access tokens for service accounts, by a signed assertion:
 * https://developers.google.com/identity/protocols/oauth2/service-account#httprest, RFC 7523.
 */
public final class GoogleTokens {

    private static final String GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";

    /** Google takes assertions of up to an hour; one is used at once. */
    private static final long ASSERTION_SECONDS = 600;

    private GoogleTokens() {}

    /**
     * Gets a token and sends it from now on with each call of the client.
     *
     * @param scope what it is for
     */
    public static void logIn(RestClient http, ConnectionTarget target, GoogleLogin login, String scope, Clock clock) {
        http.authorize(login.token(target, scope, clock).value());
    }

    static GoogleLogin.Token of(ServiceAccount account, ConnectionTarget target, String scope, Clock clock) {
        try (RestClient http = RestClient.of(target, GoogleRefusals::read)) {
            String assertion = assertion(account, scope, clock);
            http.hide(assertion);
            Json answer = http.postForm(
                    account.tokenUri(), Map.of("grant_type", GRANT, "assertion", assertion), "log in to Google");
            String seconds = answer.get("expires_in").text().orElse("");
            return new GoogleLogin.Token(
                    answer.need("access_token"), seconds.matches("[0-9]{1,9}") ? Long.parseLong(seconds) : 0);
        }
    }

    private static String assertion(ServiceAccount account, String scope, Clock clock) {
        JsonObject header = new JsonObject();
        header.addProperty("alg", "RS256");
        header.addProperty("typ", "JWT");
        if (!account.keyId().isEmpty()) {
            header.addProperty("kid", account.keyId());
        }
        long now = clock.instant().getEpochSecond();
        JsonObject claims = new JsonObject();
        claims.addProperty("iss", account.email());
        claims.addProperty("scope", scope);
        claims.addProperty("aud", account.tokenUri().toString());
        claims.addProperty("iat", now);
        claims.addProperty("exp", now + ASSERTION_SECONDS);
        String signed = encoded(header) + "." + encoded(claims);
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(account.key());
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + base64(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "no RS256 with this key: " + e.getClass().getName());
        }
    }

    private static String encoded(JsonObject json) {
        return base64(json.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
