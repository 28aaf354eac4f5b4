package dev.headwater.connectors.internal.bigquery;

import com.google.auth.http.HttpTransportFactory;
import com.google.cloud.bigquery.BigQueryOptions;
import com.google.cloud.http.HttpTransportOptions;
import dev.headwater.connectors.internal.Artifacts;
import dev.headwater.connectors.internal.google.GoogleCredential;
import dev.headwater.connectors.internal.google.OkHttpTransport;
import dev.headwater.connectors.internal.google.ServiceAccount;
import dev.headwater.connectors.internal.rest.GatedClient;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.ConnectorClient;
import okhttp3.HttpUrl;

/** Makes the vendor's client, over HTTP whose sockets the policy holds. */
final class BigQuerySdk {

    private BigQuerySdk() {}

    static ConnectorClient client(
            ConnectionTarget target, HttpUrl root, ServiceAccount account, String project, String location) {
        Artifacts.require("client", "com.google.cloud.bigquery.BigQuery", "com.google.cloud:google-cloud-bigquery");
        return Vendor.client(target, root, account, project, location);
    }

    /** All that needs the vendor's classes. */
    private static final class Vendor {

        private Vendor() {}

        static ConnectorClient client(
                ConnectionTarget target, HttpUrl root, ServiceAccount account, String project, String location) {
            return GatedClient.of(target, http -> {
                HttpTransportFactory transport = () -> new OkHttpTransport(http);
                BigQueryOptions.Builder options = BigQueryOptions.newBuilder()
                        .setTransportOptions(HttpTransportOptions.newBuilder()
                                .setHttpTransportFactory(transport)
                                .build())
                        .setCredentials(GoogleCredential.of(account, BigQueryKind.SCOPE, transport))
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
}
