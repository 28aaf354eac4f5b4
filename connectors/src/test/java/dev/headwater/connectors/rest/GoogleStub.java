package dev.headwater.connectors.rest;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.headwater.connectors.internal.google.GoogleApi;
import dev.headwater.connectors.internal.google.ProcessIdentity;
import dev.headwater.connectors.rest.HttpStub.Asked;
import dev.headwater.connectors.rest.HttpStub.Reply;
import dev.headwater.spi.ResolvedConfig;
import dev.headwater.spi.SecretValue;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Clock;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import okhttp3.HttpUrl;

/**
 * A stub of Google's token server, in front of the stub of an API. It gives a token only for an assertion that is signed
 * with the key of the account, for the right audience, scope and time, and lets in only who shows that token.
 */
public final class GoogleStub {

    public static final String PROJECT = "acme-data";
    public static final String EMAIL = "reader@acme-data.iam.gserviceaccount.com";
    static final String TOKEN = "ya29.stub-access-token";

    /** In a config for tests: where the stub is. */
    static final String SITE = "test.site";

    private static final KeyPair KEY = keyPair();
    private static final KeyPair OTHER_KEY = keyPair();

    /** Google's own client names Google's server, also when it asks another one. */
    private static final BiPredicate<String, String> AUDIENCES = (audience, url) ->
            audience.equals(url + "/token") || audience.equals("https://oauth2.googleapis.com/token");

    private final String scope;
    private final HttpStub http;

    /** @param api answers those who have the token */
    public GoogleStub(String scope, HttpStub.Answers api) {
        this.scope = scope;
        this.http = new HttpStub(asked -> {
            if (asked.path().equals("/token")) {
                return token(asked);
            }
            return asked.header("Authorization").equals("Bearer " + TOKEN)
                    ? api.to(asked)
                    : error(401, "UNAUTHENTICATED", "Request had invalid authentication credentials.");
        });
    }

    public HttpStub http() {
        return http;
    }

    /** {@return the API at the site that the config names} */
    public static GoogleApi api() {
        return api(Optional.empty());
    }

    /** {@return the same, for an application whose configs may use its own identity, as an environment says it} */
    static GoogleApi api(Map<String, String> environment) {
        return api(Optional.of(new ProcessIdentity(environment, GoogleStub::isStub)));
    }

    private static GoogleApi api(Optional<ProcessIdentity> process) {
        return new GoogleApi(config -> HttpUrl.get(site(config)), GoogleStub::isStub, process, Clock.systemUTC());
    }

    private static boolean isStub(HttpUrl url) {
        return url.host().equals("127.0.0.1");
    }

    private static String site(ResolvedConfig config) {
        return config.required(SITE);
    }

    /** {@return a config with the project and a key that works} */
    public Map<String, Object> config() {
        return at(http.port());
    }

    /** {@return the same, that goes to another port} */
    static Map<String, Object> at(int port) {
        Map<String, Object> config = new HashMap<>();
        config.put("project", PROJECT);
        config.put(SITE, "http://127.0.0.1:" + port);
        config.put("credentials_json", SecretValue.of(account(KEY, "key-1", port)));
        return config;
    }

    /** {@return the key of an account that the server does not know, with a secret in it} */
    Map<String, Object> wrongCredentials(String secret) {
        return Map.of("credentials_json", SecretValue.of(account(OTHER_KEY, secret, http.port())));
    }

    static String account(KeyPair key, String keyId, int port) {
        JsonObject json = new JsonObject();
        json.addProperty("type", "service_account");
        json.addProperty("project_id", PROJECT);
        json.addProperty("private_key_id", keyId);
        json.addProperty(
                "private_key",
                "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'})
                                .encodeToString(key.getPrivate().getEncoded())
                        + "\n-----END PRIVATE KEY-----\n");
        json.addProperty("client_email", EMAIL);
        json.addProperty("token_uri", "http://127.0.0.1:" + port + "/token");
        json.addProperty("universe_domain", "googleapis.com");
        return json.toString();
    }

    static String account() {
        return account(KEY, "key-1", 1);
    }

    private static KeyPair keyPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private Reply token(Asked asked) throws GeneralSecurityException {
        Map<String, String> form = asked.form();
        if (!asked.method().equals("POST")
                || !"urn:ietf:params:oauth:grant-type:jwt-bearer".equals(form.get("grant_type"))) {
            return Reply.of(400, "{\"error\":\"unsupported_grant_type\",\"error_description\":\"Invalid grant_type\"}");
        }
        String assertion = form.get("assertion");
        String[] parts = assertion.split("\\.");
        JsonObject header = decoded(parts[0]);
        JsonObject claims = decoded(parts[1]);
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(KEY.getPublic());
        signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        long now = Clock.systemUTC().instant().getEpochSecond();
        boolean good = header.get("alg").getAsString().equals("RS256")
                && claims.get("iss").getAsString().equals(EMAIL)
                && AUDIENCES.test(claims.get("aud").getAsString(), http.url())
                && claims.get("iat").getAsLong() <= now + 5
                && claims.get("exp").getAsLong() > now
                && claims.get("exp").getAsLong() <= now + 3_600
                && signature.verify(Base64.getUrlDecoder().decode(parts[2]));
        if (!good) {
            // Repeats what it got, as some proxies do: none of it may be shown.
            return Reply.of(
                    400,
                    "{\"error\":\"invalid_grant\",\"error_description\":\"Invalid JWT Signature. " + assertion + "\"}");
        }
        if (!claims.get("scope").getAsString().equals(scope)) {
            return Reply.of(400, "{\"error\":\"invalid_scope\",\"error_description\":\"Empty or missing scope\"}");
        }
        return Reply.json("{\"access_token\":\"" + TOKEN + "\",\"expires_in\":3599,\"token_type\":\"Bearer\"}");
    }

    private static JsonObject decoded(String part) {
        return JsonParser.parseString(new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8))
                .getAsJsonObject();
    }

    /** {@return an error in the form that all APIs of Google share} */
    public static Reply error(int code, String status, String message) {
        return Reply.of(
                code,
                "{\"error\":{\"code\":" + code + ",\"message\":" + HttpStub.quoted(message) + ",\"status\":\"" + status
                        + "\"}}");
    }
}
