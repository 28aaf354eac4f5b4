package dev.headwater.connectors.internal.aws;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.scheme.AwsV4AuthScheme;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.scheme.AuthScheme;
import software.amazon.awssdk.http.auth.spi.signer.AsyncSignRequest;
import software.amazon.awssdk.http.auth.spi.signer.AsyncSignedRequest;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.identity.spi.IdentityProviders;

/**
 * Signature version 4 for services that are asked by POST without a query. The SDK's own signer writes session tokens into
 * its log at DEBUG; this one logs nothing. Safe for use by many threads.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html">signature version 4</a>
 */
public final class QuietSignature implements AwsV4HttpSigner, AwsV4AuthScheme {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private QuietSignature() {}

    /** {@return the scheme, under the very type by which clients take it: kinds are verified where the SDK may be missing} */
    public static AuthScheme<AwsCredentialsIdentity> scheme() {
        return new QuietSignature();
    }

    @Override
    public String schemeId() {
        return AwsV4AuthScheme.SCHEME_ID;
    }

    @Override
    public IdentityProvider<AwsCredentialsIdentity> identityProvider(IdentityProviders providers) {
        return providers.identityProvider(AwsCredentialsIdentity.class);
    }

    @Override
    public AwsV4HttpSigner signer() {
        return this;
    }

    @Override
    public SignedRequest sign(SignRequest<? extends AwsCredentialsIdentity> request) {
        Clock clock = request.hasProperty(HttpSigner.SIGNING_CLOCK)
                ? request.requireProperty(HttpSigner.SIGNING_CLOCK)
                : Clock.systemUTC();
        String time = TIME.format(clock.instant());
        String scope = time.substring(0, 8) + "/" + request.requireProperty(AwsV4HttpSigner.REGION_NAME) + "/"
                + request.requireProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME) + "/aws4_request";
        AwsCredentialsIdentity identity = request.identity();
        SdkHttpRequest.Builder signed = request.request().toBuilder()
                .putHeader("Host", host(request.request()))
                .putHeader("X-Amz-Date", time);
        if (identity instanceof AwsSessionCredentialsIdentity session) {
            signed.putHeader("X-Amz-Security-Token", session.sessionToken());
        }
        Map<String, String> headers = new TreeMap<>();
        signed.headers().forEach((name, values) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.equals("host") || lower.equals("content-type") || lower.startsWith("x-amz-")) {
                headers.put(lower, String.join(",", values).strip());
            }
        });
        String names = String.join(";", headers.keySet());
        StringBuilder canonical = new StringBuilder(request.request().method().name())
                .append('\n')
                .append(path(request.request()))
                .append("\n\n");
        headers.forEach((name, value) ->
                canonical.append(name).append(':').append(value).append('\n'));
        canonical.append('\n').append(names).append('\n').append(SignatureV4.hash(body(request)));
        String signature = SignatureV4.of(canonical.toString(), identity.secretAccessKey(), time, scope);
        signed.putHeader(
                "Authorization",
                SignatureV4.ALGORITHM + " Credential=" + identity.accessKeyId() + "/" + scope + ", SignedHeaders="
                        + names + ", Signature=" + signature);
        return SignedRequest.builder()
                .request(signed.build())
                .payload(request.payload().orElse(null))
                .build();
    }

    private static String host(SdkHttpRequest request) {
        boolean usual = request.port() == (request.protocol().equals("https") ? 443 : 80);
        return usual ? request.host() : request.host() + ":" + request.port();
    }

    private static String path(SdkHttpRequest request) {
        return request.encodedPath().isEmpty() ? "/" : request.encodedPath();
    }

    private static byte[] body(SignRequest<? extends AwsCredentialsIdentity> request) {
        if (request.payload().isEmpty()) {
            return new byte[0];
        }
        try (InputStream in = request.payload().get().newStream()) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Not used: all clients here are the SDK's blocking ones. */
    @Override
    public CompletableFuture<AsyncSignedRequest> signAsync(AsyncSignRequest<? extends AwsCredentialsIdentity> request) {
        return CompletableFuture.failedFuture(
                new UnsupportedOperationException("only blocking clients are signed for"));
    }
}
