package dev.headwater.connectors.internal.google;

import dev.headwater.connectors.internal.rest.Json;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.util.Base64;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/**
 * The key of a service account, as the JSON file that Google hands out. Other credentials in Google's JSON forms are refused:
 * some of them name files to read, URLs to fetch and programs to run.
 */
public final class ServiceAccount implements GoogleLogin {

    private static final String FIELD = "credentials_json";
    private static final Pattern PEM = Pattern.compile("-----(BEGIN|END) PRIVATE KEY-----|\\s");

    private final String email;
    private final String keyId;
    private final PrivateKey key;
    private final HttpUrl tokenUri;

    private ServiceAccount(String email, String keyId, PrivateKey key, HttpUrl tokenUri) {
        this.email = email;
        this.keyId = keyId;
        this.key = key;
        this.tokenUri = tokenUri;
    }

    /**
     * Reads a key.
     *
     * @param tokenServer whether assertions may be sent there
     * @throws ConnectorException with {@link FailureCode#INVALID_CONFIG} if it is no usable key; nothing of it is repeated
     */
    public static ServiceAccount parse(String text, Predicate<HttpUrl> tokenServer) {
        Json json = Json.parse(text).filter(Json::isObject).orElseThrow(() -> invalid("is no JSON object"));
        if (!"service_account".equals(json.get("type").text().orElse(""))) {
            throw invalid("must be the key of a service account (type service_account)");
        }
        String universe = json.get("universe_domain").text().orElse("googleapis.com");
        if (!"googleapis.com".equals(universe)) {
            throw invalid("is for a universe_domain other than googleapis.com, which is not supported");
        }
        HttpUrl tokenUri = HttpUrl.parse(need(json, "token_uri"));
        if (tokenUri == null || !tokenServer.test(tokenUri)) {
            throw invalid("has a token_uri that is no https address of Google");
        }
        return new ServiceAccount(
                need(json, "client_email"),
                json.get("private_key_id").text().orElse(""),
                privateKey(need(json, "private_key")),
                tokenUri);
    }

    private static String need(Json json, String name) {
        return json.get(name).text().filter(text -> !text.isBlank()).orElseThrow(() -> invalid("has no " + name));
    }

    private static PrivateKey privateKey(String pem) {
        try {
            byte[] der = Base64.getDecoder().decode(PEM.matcher(pem).replaceAll(""));
            return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw invalid("has a private_key that is no RSA key in PKCS #8");
        }
    }

    private static ConnectorException invalid(String what) {
        return new ConnectorException(FailureCode.INVALID_CONFIG, FIELD + " " + what);
    }

    @Override
    public Token token(ConnectionTarget target, String scope, Clock clock) {
        return GoogleTokens.of(this, target, scope, clock);
    }

    public String email() {
        return email;
    }

    /** {@return the id of the key; empty if it has none} */
    public String keyId() {
        return keyId;
    }

    public PrivateKey key() {
        return key;
    }

    public HttpUrl tokenUri() {
        return tokenUri;
    }

    /** Says nothing of what it holds. */
    @Override
    public String toString() {
        return "ServiceAccount";
    }
}
