package dev.headwater.connectors.internal.bigquery;

import com.google.api.client.http.HttpRequestInitializer;
import com.google.auth.http.HttpTransportFactory;
import com.google.cloud.ServiceOptions;
import com.google.cloud.bigquery.BigQueryOptions;
import com.google.cloud.http.HttpTransportOptions;
import dev.headwater.connectors.internal.Artifacts;
import dev.headwater.connectors.internal.google.GoogleCredential;
import dev.headwater.connectors.internal.google.OkHttpTransport;
import dev.headwater.connectors.internal.google.ServiceAccount;
import dev.headwater.connectors.internal.rest.GatedClient;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.ConnectorClient;
import java.time.Clock;
import okhttp3.HttpUrl;

/** Makes the vendor's client, over HTTP whose sockets the policy holds. */
final class BigQuerySdk {

    private BigQuerySdk() {}

    static ConnectorClient client(
            ConnectionTarget target,
            HttpUrl root,
            ServiceAccount account,
            Clock clock,
            String project,
            String location) {
        Artifacts.require("client", "com.google.cloud.bigquery.BigQuery", "com.google.cloud:google-cloud-bigquery");
        return Vendor.client(target, root, account, clock, project, location);
    }

    /** All that needs the vendor's classes. */
    private static final class Vendor {

        private Vendor() {}

        static ConnectorClient client(
                ConnectionTarget target,
                HttpUrl root,
                ServiceAccount account,
                Clock clock,
                String project,
                String location) {
            return GatedClient.of(target, (http, own) -> {
                BigQueryOptions.Builder options = BigQueryOptions.newBuilder()
                        .setTransportOptions(new QuietTransport(() -> new OkHttpTransport(http)))
                        .setCredentials(new GoogleCredential(account, own, BigQueryKind.SCOPE, clock))
                        .setHost(root.newBuilder()
                                .encodedPath("/")
                                .build()
                                .toString()
                                .replaceFirst("/$", ""))
                        .setProjectId(project);
                if (!location.isEmpty()) {
                    options.setLocation(location);
                }
                return options.build().getService();
            });
        }
    }

    /** Keeps the requests of the vendor's HTTP client, with their tokens, out of its log. */
    private static final class QuietTransport extends HttpTransportOptions {

        private static final long serialVersionUID = 1;

        QuietTransport(HttpTransportFactory transport) {
            super(HttpTransportOptions.newBuilder().setHttpTransportFactory(transport));
        }

        @Override
        public HttpRequestInitializer getHttpRequestInitializer(ServiceOptions<?, ?> options) {
            HttpRequestInitializer usual = super.getHttpRequestInitializer(options);
            return request -> {
                usual.initialize(request);
                request.setLoggingEnabled(false);
            };
        }
    }
}
