package dev.headwater.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.headwater.connectors.internal.databricks.DatabricksKind;
import dev.headwater.connectors.internal.posthog.PostHogKind;
import dev.headwater.connectors.internal.rest.RestConnector;
import dev.headwater.connectors.rest.HttpStub;
import dev.headwater.connectors.rest.HttpStub.Reply;
import dev.headwater.spi.ClientSettings;
import dev.headwater.spi.Connector;
import dev.headwater.spi.ConnectorClient;
import dev.headwater.spi.ConnectorSession;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.SecretValue;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.sql.Connection;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.sql.DataSource;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Kinds with an HTTP API, over TLS")
class RestTlsTest {

    private final Connector connector =
            new RestConnector(new PostHogKind(config -> HttpUrl.get(config.required("test.site"))));

    private static Map<String, Object> config(String site) {
        return Map.of("project", "1", "access_token", SecretValue.of("phx_tls"), "test.site", site);
    }

    private static HttpStub server(TestCertificates certificates) throws Exception {
        String pem = Files.readString(certificates.serverKey()).replaceAll("-----[A-Z ]+-----|\\s", "");
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream in = Files.newInputStream(certificates.serverCertificate())) {
            store.setKeyEntry(
                    "server",
                    KeyFactory.getInstance("EC")
                            .generatePrivate(
                                    new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem))),
                    new char[0],
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(in)
                            .toArray(Certificate[]::new));
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return new HttpStub(asked -> Reply.json("{\"results\":[[1]],\"session_id\":\"1\"}"), context);
    }

    @Test
    @DisplayName("reach and use a server that proves its name")
    void trusted() throws Exception {
        try (HttpStub server = server(TestCertificates.trusted())) {
            assertThatCode(() -> connector.reach(Targets.target("posthog", config(server.url()))))
                    .doesNotThrowAnyException();
            try (ConnectorSession session = connector.open(Targets.target("posthog", config(server.url())))) {
                assertThat(session.probe()).isEqualTo("PostHog, project 1");
            }
        }
    }

    @Test
    @DisplayName("refuse a server of an unknown authority, and one with another name")
    void refused() throws Exception {
        try (HttpStub strange = server(TestCertificates.strange());
                HttpStub known = server(TestCertificates.trusted())) {
            for (String site : new String[] {strange.url(), "https://127.0.0.1:" + known.port()}) {
                assertThat(Targets.failure(() -> connector.reach(Targets.target("posthog", config(site))))
                                .failure())
                        .isEqualTo(FailureCode.TLS_FAILED);
                assertThat(Targets.failure(() -> connector.open(Targets.target("posthog", config(site))))
                                .failure())
                        .isEqualTo(FailureCode.TLS_FAILED);
            }
        }
    }

    @Test
    @DisplayName("are what the pool of a vendor's driver has as well")
    void pool() throws Exception {
        Connector databricks =
                new RestConnector(new DatabricksKind(config -> HttpUrl.get(config.required("test.site"))));
        try (HttpStub strange = server(TestCertificates.strange());
                HttpStub known = server(TestCertificates.trusted())) {
            try (ConnectorClient pool = pool(databricks, known.url());
                    Connection connection = ((DataSource) pool.client()).getConnection()) {
                assertThat(connection.isClosed()).isFalse();
            }
            for (String site : new String[] {strange.url(), "https://127.0.0.1:" + known.port()}) {
                try (ConnectorClient pool = pool(databricks, site)) {
                    CompletableFuture<Throwable> unused = CompletableFuture.supplyAsync(
                            () -> catchThrowable(((DataSource) pool.client())::getConnection));
                    // It is tried again and again.
                    Await.until(() -> pool.state().lastFailure().isPresent());
                    assertThat(pool.state().lastFailure().orElseThrow().code()).isEqualTo(FailureCode.TLS_FAILED);
                }
            }
        }
    }

    private static ConnectorClient pool(Connector databricks, String site) {
        Map<String, Object> config =
                Map.of("http_path", "/sql/1.0/warehouses/a", "access_token", SecretValue.of("dapi"), "test.site", site);
        return databricks.client(Targets.target("databricks", config), new ClientSettings("tls", 1));
    }
}
