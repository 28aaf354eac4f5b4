package dev.headwater.connectors.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.connectors.Connectors;
import dev.headwater.connectors.Targets;
import dev.headwater.spi.Connector;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.ConnectorSession;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.SecretValue;
import dev.headwater.testkit.FaultyServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A login to a search server")
class SearchLoginTest {

    private static Connector connector(String kind) {
        return kind.equals("opensearch") ? Connectors.opensearch() : Connectors.elasticsearch();
    }

    private static String probe(String kind, Map<String, Object> config) {
        try (ConnectorSession session = connector(kind).open(Targets.target(kind, config))) {
            return session.probe();
        }
    }

    private static ConnectorException refusal(String kind, Map<String, Object> config) {
        return Targets.failure(() -> probe(kind, config));
    }

    @ParameterizedTest
    @CsvSource({"elasticsearch,Elasticsearch 8.19.4", "opensearch,OpenSearch "})
    @DisplayName("works with TLS and without, at a path, and without a user where the server asks for none")
    void works(String kind, String name) {
        SearchProcess server = SearchProcess.of(kind);
        Map<String, Object> config = server.config();
        assertThat(probe(kind, config)).startsWith(name);
        config.put("server_url", "http://localhost:" + server.proxyPort());
        assertThat(probe(kind, config)).startsWith(name);
        config.put("server_url", "http://localhost:" + server.proxyPort() + ReverseProxy.PATH + "/");
        assertThat(probe(kind, config)).startsWith(name);
        config.put("server_url", "https://localhost:" + server.proxyPort());
        config.put("ignore_ssl", true);
        assertThat(probe(kind, config)).startsWith(name);
        config = server.config();
        config.put("server_url", "http://localhost:" + server.proxyPort() + ReverseProxy.OPEN_PATH);
        config.put("disable_auth", true);
        config.remove("username");
        config.remove("password");
        assertThat(probe(kind, config)).startsWith(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"elasticsearch", "opensearch"})
    @DisplayName("says that the user is wrong or may read nothing, in the server's words")
    void refused(String kind) {
        Map<String, Object> config = SearchProcess.of(kind).config();
        config.put("username", "nobody");
        assertThat(refusal(kind, config).failure()).isEqualTo(FailureCode.WRONG_CREDENTIALS);
        config.put("disable_auth", true);
        assertThat(refusal(kind, config).failure()).isEqualTo(FailureCode.WRONG_CREDENTIALS);
        config.remove("disable_auth");
        config.put("username", SearchUsers.STRANGER);
        ConnectorException refusal = refusal(kind, config);
        assertThat(refusal.failure()).isEqualTo(FailureCode.PERMISSION_DENIED);
        assertThat(refusal).hasMessageContaining("indices:data/read/search");
    }

    @ParameterizedTest
    @ValueSource(strings = {"elasticsearch", "opensearch"})
    @DisplayName("verifies the certificate and the host name, unless told not to")
    void tls(String kind) {
        SearchProcess server = SearchProcess.of(kind);
        Map<String, Object> config = server.config();
        config.put("server_url", "https://127.0.0.1:" + server.port());
        assertThat(refusal(kind, config).failure()).isEqualTo(FailureCode.TLS_FAILED);
        config.put("ignore_verify_cert", true);
        assertThat(probe(kind, config)).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({"elasticsearch,opensearch", "opensearch,elasticsearch"})
    @DisplayName("tells the two kinds apart, and both from other servers")
    void wrongServer(String kind, String other) {
        Map<String, Object> config = SearchProcess.of(other).config();
        ConnectorException refusal = refusal(kind, config);
        assertThat(refusal.failure()).isEqualTo(FailureCode.WRONG_SERVER);
        assertThat(refusal).hasMessageContaining("a kind of its own");
        for (String answer : new String[] {
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}",
            "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n<ht>",
            "HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\n{}",
            "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"
        }) {
            try (FaultyServer server = FaultyServer.answering(answer.getBytes(StandardCharsets.UTF_8))) {
                config.put("server_url", "http://127.0.0.1:" + server.port());
                assertThat(refusal(kind, config).failure()).as(answer).isEqualTo(FailureCode.WRONG_SERVER);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"elasticsearch", "opensearch"})
    @DisplayName("tells nowhere what password it was given, be it right or wrong")
    void secrets(String kind) throws Exception {
        Map<String, Object> config = SearchProcess.of(kind).config();
        StringWriter seen = new StringWriter();
        PrintWriter out = new PrintWriter(seen, true);
        for (String password : new String[] {SearchUsers.PASSWORD, "pl4nted pass: word"}) {
            config.put("password", SecretValue.of(password));
            try (ConnectorSession session = connector(kind).open(Targets.target(kind, config))) {
                out.println(session);
                out.println(session.probe());
            } catch (ConnectorException e) {
                e.printStackTrace(out);
            }
            String both = Base64.getEncoder()
                    .encodeToString((SearchUsers.APP + ":" + password).getBytes(StandardCharsets.UTF_8));
            String logged = Files.readString(Path.of("slf4j.log"));
            for (String text : new String[] {logged, seen.toString()}) {
                assertThat(text.contains(password)).isFalse();
                assertThat(text.contains(both)).isFalse();
            }
        }
    }
}
