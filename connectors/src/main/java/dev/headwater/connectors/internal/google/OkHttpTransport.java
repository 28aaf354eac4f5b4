package dev.headwater.connectors.internal.google;

import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.LowLevelHttpRequest;
import com.google.api.client.http.LowLevelHttpResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/** Lets Google's own clients speak HTTP through a client whose sockets the policy holds. */
public final class OkHttpTransport extends HttpTransport {

    private final OkHttpClient http;

    public OkHttpTransport(OkHttpClient http) {
        this.http = http;
    }

    @Override
    public boolean supportsMethod(String method) {
        return true;
    }

    @Override
    protected LowLevelHttpRequest buildRequest(String method, String url) {
        return new OkHttpRequest(http, method, url);
    }

    private static final class OkHttpRequest extends LowLevelHttpRequest {

        private final String method;
        private final Request.Builder request;
        private OkHttpClient http;

        OkHttpRequest(OkHttpClient http, String method, String url) {
            this.http = http;
            this.method = method;
            this.request = new Request.Builder().url(url);
        }

        @Override
        public void addHeader(String name, String value) {
            request.addHeader(name, value);
        }

        @Override
        public void setTimeout(int connectTimeout, int readTimeout) {
            http = http.newBuilder()
                    .connectTimeout(connectTimeout, TimeUnit.MILLISECONDS)
                    .readTimeout(readTimeout, TimeUnit.MILLISECONDS)
                    .build();
        }

        @Override
        public void setWriteTimeout(int writeTimeout) {
            http = http.newBuilder()
                    .writeTimeout(writeTimeout, TimeUnit.MILLISECONDS)
                    .build();
        }

        @Override
        public LowLevelHttpResponse execute() throws IOException {
            RequestBody body = getStreamingContent() == null ? emptyBody() : new Body();
            if (getContentEncoding() != null) {
                request.header("Content-Encoding", getContentEncoding());
            }
            return new OkHttpResponse(
                    http.newCall(request.method(method, body).build()).execute());
        }

        private @Nullable RequestBody emptyBody() {
            return method.equals("POST") || method.equals("PUT") || method.equals("PATCH")
                    ? RequestBody.create(new byte[0])
                    : null;
        }

        private final class Body extends RequestBody {

            @Override
            public @Nullable MediaType contentType() {
                return getContentType() == null ? null : MediaType.parse(getContentType());
            }

            @Override
            public long contentLength() {
                return getContentLength();
            }

            /** Some content is a stream that is gone after one reading. */
            @Override
            public boolean isOneShot() {
                return true;
            }

            @Override
            public void writeTo(BufferedSink sink) throws IOException {
                getStreamingContent().writeTo(sink.outputStream());
            }
        }
    }

    private static final class OkHttpResponse extends LowLevelHttpResponse {

        private final Response response;

        OkHttpResponse(Response response) {
            this.response = response;
        }

        @Override
        public InputStream getContent() {
            return response.body().byteStream();
        }

        @Override
        public @Nullable String getContentEncoding() {
            return response.header("Content-Encoding");
        }

        @Override
        public long getContentLength() {
            return response.body().contentLength();
        }

        @Override
        public @Nullable String getContentType() {
            return response.header("Content-Type");
        }

        @Override
        public String getStatusLine() {
            return response.protocol() + " " + response.code() + " " + response.message();
        }

        @Override
        public int getStatusCode() {
            return response.code();
        }

        @Override
        public String getReasonPhrase() {
            return response.message();
        }

        @Override
        public int getHeaderCount() {
            return response.headers().size();
        }

        @Override
        public String getHeaderName(int index) {
            return response.headers().name(index);
        }

        @Override
        public String getHeaderValue(int index) {
            return response.headers().value(index);
        }

        @Override
        public void disconnect() {
            response.close();
        }
    }
}
