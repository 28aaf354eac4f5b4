package dev.headwater.connectors.internal.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.ResolvedConfig;
import dev.headwater.spi.SecretValue;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The settings of a search source")
class SearchSettingsTest {

    private static SearchSettings settings(Map<String, ?> changes) {
        Map<String, Object> config = new HashMap<>(
                Map.of("server_type", "self-managed", "username", "app", "password", SecretValue.of("pl4nted")));
        config.putAll(changes);
        return SearchSettings.of("elasticsearch", ResolvedConfig.of(config));
    }

    private static ConnectorException refusal(Map<String, ?> changes) {
        ConnectorException refusal = catchThrowableOfType(ConnectorException.class, () -> settings(changes));
        assertThat(refusal).isNotNull().hasMessageNotContaining("pl4nted");
        assertThat(refusal.failure()).isEqualTo(FailureCode.INVALID_CONFIG);
        return refusal;
    }

    @ParameterizedTest
    @CsvSource({
        "https://search.example.com,search.example.com:443,''",
        "https://search.example.com:9243/,search.example.com:9243,''",
        "http://10.0.0.1:9200/es/v8/,10.0.0.1:9200,/es/v8",
        "HTTPS://[::1]:9200,[::1]:9200,''"
    })
    @DisplayName("name the server that a URL names")
    void urls(String url, String endpoint, String path) {
        SearchSettings settings = settings(Map.of("server_url", url));
        assertThat(settings.endpoint()).hasToString(endpoint);
        assertThat(settings.path()).isEqualTo(path);
        assertThat(settings.tls())
                .isEqualTo(url.toLowerCase(java.util.Locale.ROOT).startsWith("https"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "search.example.com",
                "ftp://search.example.com",
                "https://app:pl4nted@search.example.com",
                "https://search.example.com?x=y",
                "https://search.example.com#x",
                "https://search.example.com:0",
                "https://search.example.com/a//evil.example.com",
                "https://search.example.com/a b",
                "https://",
                "file:///etc/passwd"
            })
    @DisplayName("are refused with a URL that may mean something else")
    void hostileUrls(String url) {
        refusal(Map.of("server_url", url));
    }

    private static Map<String, Object> cloud(String decoded) {
        String encoded = Base64.getEncoder().encodeToString(decoded.getBytes(StandardCharsets.UTF_8));
        return Map.of("server_type", "elastic-cloud", "cloud_id", "my deployment:" + encoded);
    }

    @Test
    @DisplayName("name the server that a cloud ID names, always with TLS")
    void cloudId() {
        SearchSettings settings = settings(cloud("us-east-1.aws.found.io$abc123$def456"));
        assertThat(settings.endpoint()).hasToString("abc123.us-east-1.aws.found.io:443");
        assertThat(settings.tls()).isTrue();
        assertThat(settings(cloud("found.io:9243$abc$def")).endpoint()).hasToString("abc.found.io:9243");
        Map<String, Object> plain = new HashMap<>(cloud("found.io$abc$def"));
        plain.put("ignore_ssl", true);
        assertThat(refusal(plain)).hasMessageContaining("ignore_ssl");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "found.io",
                "found.io$",
                "found.io$a.b",
                "found.io:x$abc",
                "a@found.io$abc",
                "found.io/x$abc",
                "$abc"
            })
    @DisplayName("are refused with a cloud ID that names no deployment")
    void hostileCloudIds(String decoded) {
        refusal(cloud(decoded));
        refusal(Map.of("server_type", "elastic-cloud", "cloud_id", decoded));
    }

    @Test
    @DisplayName("are refused without a user where one is needed")
    void user() {
        Map<String, Object> url = new HashMap<>(Map.of("server_url", "https://a"));
        url.put("username", "");
        refusal(url);
        url.put("username", "a:b");
        refusal(url);
        url.put("disable_auth", true);
        assertThat(settings(url).authorization()).isEmpty();
    }
}
