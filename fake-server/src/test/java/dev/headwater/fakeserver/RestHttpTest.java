package dev.headwater.fakeserver;

import static dev.headwater.spi.SourceSystem.BASEDASH;
import static dev.headwater.spi.SourceSystem.DATABRAIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.fakeserver.Rest.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The HTTP of DataBrain's and Basedash's APIs")
class RestHttpTest {

    private static final FakeServer SERVER = FakeServer.start();
    private static final String DATASOURCE = "/api/v2/datasource";
    private static final String DATA_SOURCES =
            "/api/public/organizations/" + FakeServer.DEFAULT_SCOPE + "/data-sources";

    @AfterAll
    static void close() {
        SERVER.close();
    }

    @Test
    @DisplayName("answers HEAD as GET, without the body")
    void head() {
        Reply databrain = new Rest(SERVER, DATABRAIN).send("HEAD", DATASOURCE, null);
        assertThat(databrain.status()).isEqualTo(200);
        assertThat(databrain.text()).isEmpty();
        assertThat(databrain.header("content-type")).isEqualTo("application/json");
        assertThat(new Rest(SERVER, BASEDASH).send("HEAD", DATA_SOURCES, null).status())
                .isEqualTo(200);
        assertThat(new Rest(SERVER, (String) null)
                        .send("HEAD", DATA_SOURCES, null)
                        .status())
                .isEqualTo(401);
        assertThat(new Rest(SERVER, DATABRAIN)
                        .send("HEAD", DATASOURCE + "/sync", null)
                        .status())
                .isEqualTo(405);
    }

    @Test
    @DisplayName("answers OPTIONS with the methods, without a token")
    void options() {
        Rest anybody = new Rest(SERVER, (String) null);
        Reply databrain = anybody.send("OPTIONS", DATASOURCE, null);
        assertThat(databrain.status()).isEqualTo(204);
        assertThat(databrain.text()).isEmpty();
        assertThat(databrain.header("allow")).isEqualTo("DELETE, GET, POST, PUT, HEAD, OPTIONS");
        assertThat(anybody.send("OPTIONS", DATA_SOURCES + "/x", null).header("allow"))
                .isEqualTo("DELETE, GET, PATCH, HEAD, OPTIONS");
        assertThat(anybody.send("OPTIONS", "/api/v2/nothing", null).status()).isEqualTo(404);
    }

    @Test
    @DisplayName("takes the scheme of the authorization header in any case, and nothing but Bearer")
    void authorization() {
        String token = SERVER.token(DATABRAIN);
        for (String header : new String[] {"bearer " + token, "BEARER  " + token}) {
            assertThat(status("Authorization: " + header)).isEqualTo(200);
        }
        for (String header : new String[] {token, "Basic " + token, "Bearer", "Bearer " + token + "x"}) {
            assertThat(status("Authorization: " + header)).isEqualTo(401);
        }
    }

    private static int status(String header) {
        String answer =
                exchange("GET " + DATASOURCE + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + header + "\r\n\r\n");
        return Integer.parseInt(answer.substring(9, 12));
    }

    @Test
    @DisplayName("keeps the connection open for the next request, after errors too")
    void keepAlive() {
        String get = "GET " + DATASOURCE + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + SERVER.token(DATABRAIN);
        String answers = exchange(get + "\r\n\r\n"
                + "POST " + DATASOURCE + " HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\n{{{"
                + "GET /api/v2/nothing HTTP/1.1\r\nHost: x\r\n\r\n"
                + get + "\r\nConnection: close\r\n\r\n");

        assertThat(answers.split("HTTP/1\\.1 ")).satisfies(parts -> {
            assertThat(parts).hasSize(5);
            assertThat(parts[1]).startsWith("200");
            assertThat(parts[2]).startsWith("401");
            assertThat(parts[3]).startsWith("404");
            assertThat(parts[4]).startsWith("200");
        });
    }

    @Test
    @DisplayName("does to the next calls what a test wants: drop them, answer as a proxy would, or later")
    void faults() {
        Rest databrain = new Rest(SERVER, DATABRAIN);
        // a POST, since the JDK's client sends a GET again by itself
        SERVER.next(1).of(DATABRAIN, "create").drop();
        assertThatThrownBy(() -> databrain.post(DATASOURCE, "{}")).isInstanceOf(UncheckedIOException.class);

        SERVER.next(1).of(BASEDASH).answer(503);
        assertThat(new Rest(SERVER, BASEDASH).get(DATA_SOURCES).status()).isEqualTo(503);

        SERVER.next(1).of(DATABRAIN, "list").delay(Duration.ofMillis(1));
        assertThat(databrain.get(DATASOURCE).status()).isEqualTo(200);
        assertThat(SERVER.requests(DATABRAIN, "list")).isNotEmpty();
    }

    @Test
    @DisplayName("takes a chunked body, and answers Unicode in UTF-8")
    void chunkedUnicode() {
        String json = "{\"datasourceType\": \"csv\", \"credentials\": {\"name\": \"日本🙂\"}}";
        int length = json.getBytes(StandardCharsets.UTF_8).length;
        String answer = exchange("POST " + DATASOURCE + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                + SERVER.token(DATABRAIN) + "\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n"
                + "Connection: close\r\n\r\n" + Integer.toHexString(length) + "\r\n" + json + "\r\n0\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 200").endsWith("{\"name\":\"日本🙂\"}");
        assertThat(answer.toLowerCase(Locale.ROOT)).contains("content-length: 21");
    }

    private static String exchange(String request) {
        try (Socket socket = new Socket("127.0.0.1", SERVER.url().getPort())) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.UTF_8));
            out.flush();
            InputStream in = socket.getInputStream();
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            in.transferTo(answer);
            return answer.toString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
