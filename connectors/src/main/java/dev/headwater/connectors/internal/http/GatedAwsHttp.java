package dev.headwater.connectors.internal.http;

import dev.headwater.connectors.internal.net.TlsSettings;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import okhttp3.Call;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import okio.Okio;
import okio.Source;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.SdkHttpRequest;

/** Has the AWS SDK send its requests through a {@link GatedHttp}. Safe for use by many threads. */
public final class GatedAwsHttp implements SdkHttpClient {

    private final GatedHttp http;
    private volatile boolean closed;

    private GatedAwsHttp(GatedHttp http) {
        this.http = http;
    }

    /**
     * Makes a client for one session or one client of a source; the SDK does not close what it is given, so its user does.
     *
     * @throws ConnectorException with {@link FailureCode#DRIVER_MISSING} if there is no OkHttp
     */
    public static GatedAwsHttp open(ConnectionTarget target) {
        return new GatedAwsHttp(GatedHttp.open(target, TlsSettings.VERIFIED));
    }

    @Override
    public String clientName() {
        return "Headwater";
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        Call call = http.client()
                .newCall(translated(
                        request.httpRequest(), request.contentStreamProvider().orElse(null)));
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                if (closed) {
                    throw new ConnectorException(
                            FailureCode.CANCELLED, "this client is closed; a newer one may have taken its place");
                }
                return translated(call, call.execute());
            }

            @Override
            public void abort() {
                call.cancel();
            }
        };
    }

    private static Request translated(SdkHttpRequest request, @Nullable ContentStreamProvider content) {
        Request.Builder builder = new Request.Builder().url(request.getUri().toString());
        request.forEachHeader((name, values) -> values.forEach(value -> builder.addHeader(name, value)));
        if (request.firstMatchingHeader("Accept-Encoding").isEmpty()) {
            // Otherwise OkHttp would unpack what the SDK checks and unpacks itself.
            builder.header("Accept-Encoding", "identity");
        }
        Request translated =
                builder.method(request.method().name(), body(request, content)).build();
        if (!translated.url().encodedPath().equals(path(request))) {
            // OkHttp resolves dots in paths, and what was signed would not be what is sent.
            throw new ConnectorException(
                    FailureCode.INVALID_CONFIG, "a name with . or .. as a part cannot be asked for");
        }
        return translated;
    }

    private static String path(SdkHttpRequest request) {
        return request.encodedPath().isEmpty() ? "/" : request.encodedPath();
    }

    private static @Nullable RequestBody body(SdkHttpRequest request, @Nullable ContentStreamProvider content) {
        return switch (request.method()) {
            case GET, HEAD -> null;
            case POST, PUT, PATCH -> content == null ? RequestBody.create(new byte[0]) : new Streamed(request, content);
            default -> content == null ? null : new Streamed(request, content);
        };
    }

    private static HttpExecuteResponse translated(Call call, Response response) {
        SdkHttpFullResponse.Builder builder =
                SdkHttpFullResponse.builder().statusCode(response.code()).statusText(response.message());
        for (Map.Entry<String, List<String>> header :
                response.headers().toMultimap().entrySet()) {
            builder.putHeader(header.getKey(), header.getValue());
        }
        AbortableInputStream body = AbortableInputStream.create(response.body().byteStream(), call::cancel);
        return HttpExecuteResponse.builder()
                .response(builder.content(body).build())
                .responseBody(body)
                .build();
    }

    @Override
    public void close() {
        closed = true;
        http.close();
    }

    /** What the SDK sends, with the length that it says. */
    private static final class Streamed extends RequestBody {

        private final ContentStreamProvider content;
        private final @Nullable MediaType type;
        private final long length;

        Streamed(SdkHttpRequest request, ContentStreamProvider content) {
            this.content = content;
            this.type = request.firstMatchingHeader("Content-Type")
                    .map(MediaType::parse)
                    .orElse(null);
            this.length = request.firstMatchingHeader("Content-Length")
                    .map(Long::parseLong)
                    .orElse(-1L);
        }

        @Override
        public @Nullable MediaType contentType() {
            return type;
        }

        @Override
        public long contentLength() {
            return length;
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            try (InputStream in = content.newStream();
                    Source source = Okio.source(in)) {
                sink.writeAll(source);
            }
        }
    }
}
