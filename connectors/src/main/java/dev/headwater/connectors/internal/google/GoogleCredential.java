package dev.headwater.connectors.internal.google;

import com.google.auth.http.HttpTransportFactory;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
import java.util.List;

/** Hands a service account to Google's own clients. */
public final class GoogleCredential {

    private GoogleCredential() {}

    /** @param transport how tokens are fetched */
    public static GoogleCredentials of(ServiceAccount account, String scope, HttpTransportFactory transport) {
        return ServiceAccountCredentials.newBuilder()
                .setClientEmail(account.email())
                .setPrivateKey(account.key())
                .setPrivateKeyId(account.keyId())
                .setTokenServerUri(account.tokenUri().uri())
                .setScopes(List.of(scope))
                .setHttpTransportFactory(transport)
                .build();
    }
}
