package dev.headwater.connectors.aws;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A stub of AWS's security token service: it lets one key, with its session token, assume one role, whose credentials are
 * those that the other stubs take. While it is open, clients of this JVM find it in place of AWS's.
 *
 * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html">AssumeRole</a>
 */
final class StsStub implements AutoCloseable {

    static final String KEY_ID = "AKIACALLER";
    static final String SECRET = "pl4nted-secret-of-caller";
    static final String TOKEN = "pl4nted-session-of-caller";
    static final String ROLE = "arn:aws:iam::123456789012:role/reader";

    private static final String ENDPOINT = "aws.endpointUrlSts";

    private final HttpServer server;

    StsStub() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", StsStub::serve);
        server.start();
        System.setProperty(ENDPOINT, "http://127.0.0.1:" + server.getAddress().getPort());
    }

    private static void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            var headers = exchange.getRequestHeaders();
            boolean known = KEY_ID.equals(SigV4.keyId(String.valueOf(headers.getFirst("Authorization"))))
                    && TOKEN.equals(headers.getFirst("X-Amz-Security-Token"))
                    && SigV4.isSigned(
                            SECRET, exchange.getRequestURI(), name -> headers.getOrDefault(name, List.of()), body);
            boolean allowed = new String(body, StandardCharsets.UTF_8).contains("role%2Freader");
            String answer = !known
                    ? error("InvalidClientTokenId", "The security token included in the request is invalid.")
                    : !allowed ? error("AccessDenied", "not authorized to perform: sts:AssumeRole") : credentials();
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/xml");
            exchange.sendResponseHeaders(known && allowed ? 200 : 403, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static String error(String code, String message) {
        return "<ErrorResponse><Error><Type>Sender</Type><Code>" + code + "</Code><Message>" + message
                + "</Message></Error><RequestId>1</RequestId></ErrorResponse>";
    }

    private static String credentials() {
        return "<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>" + AwsStub.KEY_ID
                + "</AccessKeyId><SecretAccessKey>" + AwsStub.SECRET + "</SecretAccessKey><SessionToken>"
                + AwsStub.TOKEN + "</SessionToken><Expiration>2999-01-01T00:00:00Z</Expiration></Credentials>"
                + "</AssumeRoleResult></AssumeRoleResponse>";
    }

    @Override
    public void close() {
        System.clearProperty(ENDPOINT);
        server.stop(0);
    }
}
