package dev.headwater.fakeserver;

import static dev.headwater.spi.SourceSystem.DATABRAIN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.core.DataSourceDraft;
import dev.headwater.fakeserver.Rest.Reply;
import dev.headwater.testkit.SettableClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("DataBrain's service tokens")
class DataBrainServiceTokensTest {

    private static final SettableClock CLOCK = SettableClock.at("2026-11-21T08:00:00Z");
    private static final FakeServer SERVER = FakeServer.builder()
            .clock(CLOCK)
            .scope("first", "First")
            .scope("second", "Second")
            .start();
    private static final String PATH = "/api/v2/service-token";
    private static final String ROTATE = PATH + "/rotate";
    private static final String SOURCES = "/api/v2/datasource";
    private static final String ONE = "550e8400-e29b-41d4-a716-446655440000";
    private static final String OTHER = "7c9e6679-7425-40de-944b-e07fc1f90ae7";

    private Rest admin;

    @BeforeEach
    void reset() {
        SERVER.reset();
        SERVER.seed("second", DataSourceDraft.of("csv", "of_second"));
        admin = new Rest(SERVER, SERVER.issueToken(DATABRAIN, "second", Set.of("admin"), null));
    }

    @AfterAll
    static void close() {
        SERVER.close();
    }

    private Reply make(String token) {
        return admin.post(PATH, "{\"token\": \"" + token + "\"}");
    }

    /** The key of an answer that says nothing else. */
    private static String key(Reply reply) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.json().keySet()).containsExactly("key");
        return reply.text("key");
    }

    private void isGood(String token) {
        assertThat(admin.with(token).get(SOURCES).text()).contains("of_second");
    }

    private void isRefused(String token) {
        isError(admin.with(token).get(SOURCES), 401, "AUTHENTICATION_ERROR", "Invalid Service Token");
    }

    private static void isError(Reply reply, int status, String code, String message) {
        assertThat(reply.text("error", "code")).isEqualTo(code);
        assertThat(reply.text("error", "message")).isEqualTo(message);
        assertThat(reply.status()).isEqualTo(status);
    }

    @Test
    @DisplayName("are made with the value that an admin gives, and open the admin's data sources and no others")
    void create() {
        assertThat(key(make(ONE))).isEqualTo(ONE);

        isGood(ONE);
        SERVER.seed("first", DataSourceDraft.of("csv", "of_first"));
        assertThat(admin.with(ONE).get(SOURCES).text()).doesNotContain("of_first");
    }

    @Test
    @DisplayName(
            "are one for an organization: the next one that is made takes the place of the last, and the same one stays")
    void one() {
        make(ONE);
        make(ONE);
        isGood(ONE);
        make(OTHER);
        isGood(OTHER);
        isRefused(ONE);
        make(ONE);
        isGood(ONE);
        isRefused(OTHER);
    }

    @Test
    @DisplayName("that a test gave stay good when another one is made")
    void ofTheTest() {
        String given = SERVER.issueToken(DATABRAIN, "second", null);
        make(ONE);
        isGood(given);
    }

    @Test
    @DisplayName("of another organization are not taken over")
    void ofOthers() {
        String other = SERVER.issueToken(DATABRAIN, "first", null);
        isError(make(other), 400, "INVALID_REQUEST_BODY", "\"token\" is in use");
        isError(make(SERVER.token(DATABRAIN)), 400, "INVALID_REQUEST_BODY", "\"token\" is in use");
        isRefused("nobody's");
        assertThat(admin.with(other).get(SOURCES).text()).doesNotContain("of_second");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | \"token\" is required",
                "{\"token\": null} | \"token\" must be a string",
                "{\"token\": 5} | \"token\" must be a string",
                "{\"token\": \"\"} | \"token\" is not allowed to be empty",
                "{\"token\": \"planted-secret\"} | \"token\" must be a valid GUID",
            })
    @DisplayName("must be UUIDs")
    void guid(String body, String message) {
        isError(admin.post(PATH, body), 400, "INVALID_REQUEST_BODY", message);
        assertThat(SERVER.requests().toString()).doesNotContain("planted-secret");
    }

    @Test
    @DisplayName("make no service tokens, nor does an admin's token open data sources")
    void permissions() {
        make(ONE);
        isError(
                admin.with(ONE).post(PATH, "{\"token\": \"" + OTHER + "\"}"),
                401,
                "AUTHENTICATION_ERROR",
                "Invalid Service Token");
        isError(admin.get(SOURCES), 401, "AUTHENTICATION_ERROR", "Invalid Service Token");
        isError(admin.post(ROTATE, "{\"expireAt\": 0}"), 401, "AUTHENTICATION_ERROR", "Invalid Service Token");
        isError(
                admin.with((String) null).post(PATH, "{\"token\": \"" + OTHER + "\"}"),
                401,
                "AUTHENTICATION_ERROR",
                "Invalid Service Token");
        // the server's own token is an admin's of the first scope as well
        assertThat(key(new Rest(SERVER, DATABRAIN).post(PATH, "{\"token\": \"" + OTHER + "\"}")))
                .isEqualTo(OTHER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"3600", "\"3600\"", "3600.0"})
    @DisplayName("are rotated: the old one goes on for as long as was said, the new one for good")
    void rotate(String expireAt) {
        make(ONE);
        String next = key(admin.with(ONE).post(ROTATE, "{\"expireAt\": " + expireAt + "}"));

        assertThat(next).isNotEqualTo(ONE).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
        isGood(next);
        CLOCK.advance(Duration.ofSeconds(3599));
        isGood(ONE);
        CLOCK.advance(Duration.ofSeconds(1));
        isRefused(ONE);
        isGood(next);
    }

    @Test
    @DisplayName("are revoked by a rotation that lets them run out at once")
    void revoke() {
        make(ONE);
        String next = key(admin.with(ONE).post(ROTATE, "{\"expireAt\": 0}"));
        isRefused(ONE);
        isGood(next);
        isError(
                admin.with(ONE).post(ROTATE, "{\"expireAt\": 0}"),
                400,
                "EXPIRED_SERVICE_TOKEN",
                "Service token is already expired");
    }

    @Test
    @DisplayName("never get more time by a second rotation, and the one of the last rotation is replaced by a new one")
    void twice() {
        make(ONE);
        admin.with(ONE).post(ROTATE, "{\"expireAt\": 60}");
        String last = key(admin.with(ONE).post(ROTATE, "{\"expireAt\": 3600}"));
        CLOCK.advance(Duration.ofSeconds(60));
        isRefused(ONE);
        make(OTHER);
        isRefused(last);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | \"expireAt\" is required",
                "{\"expireAt\": null} | \"expireAt\" must be a number",
                "{\"expireAt\": true} | \"expireAt\" must be a number",
                "{\"expireAt\": \"soon\"} | \"expireAt\" must be a number",
                "{\"expireAt\": \"\"} | \"expireAt\" must be a number",
                "{\"expireAt\": -1} | \"expireAt\" must be greater than or equal to 0",
                "{\"expireAt\": 1e400} | \"expireAt\" must be a safe number",
                "{\"expireAt\": \"99999999999999999999\"} | \"expireAt\" must be a safe number",
            })
    @DisplayName("are not rotated without a time that makes sense")
    void expireAt(String body, String message) {
        make(ONE);
        isError(admin.with(ONE).post(ROTATE, body), 400, "INVALID_REQUEST_BODY", message);
        isGood(ONE);
    }

    @Test
    @DisplayName("take the longest time that there is")
    void longest() {
        make(ONE);
        key(admin.with(ONE).post(ROTATE, "{\"expireAt\": 9007199254740991}"));
        isGood(ONE);
    }

    @Test
    @DisplayName("are refused like anything else on demand, as in DataBrain's cloud, which has no such calls")
    void cloud() {
        SERVER.next(1).of(DATABRAIN, "createServiceToken").fail("SELFHOSTED_APP_ERROR", "self-hosted only");
        isError(make(ONE), 500, "SELFHOSTED_APP_ERROR", "self-hosted only");
        isRefused(ONE);
        make(ONE);
        SERVER.next(1).of(DATABRAIN, "rotateServiceToken").fail("INTERNAL_SERVER_ERROR", "down");
        isError(admin.with(ONE).post(ROTATE, "{\"expireAt\": 0}"), 500, "INTERNAL_SERVER_ERROR", "down");
        isGood(ONE);
    }

    @Test
    @DisplayName("are neither made nor rotated by what is no JSON, or is not said to be")
    void hostile() {
        make(ONE);
        for (Rest client : List.of(admin, admin.with(ONE))) {
            String path = client == admin ? PATH : ROTATE;
            for (String body :
                    List.of("", "[]", "planted-secret", "{\"token\": \"planted-secret", "{".repeat(50_000))) {
                Reply reply = client.post(path, body);
                assertThat(reply.status()).isEqualTo(400);
                assertThat(reply.text("error", "code")).isEqualTo("INVALID_REQUEST_BODY");
                assertThat(reply.text()).doesNotContain("planted-secret");
            }
            assertThat(client.send(
                                    "POST",
                                    path,
                                    "{}".getBytes(StandardCharsets.UTF_8),
                                    Map.of("content-type", "text/plain"))
                            .status())
                    .isEqualTo(400);
            assertThat(client.get(path).status()).isEqualTo(405);
        }
        isGood(ONE);
    }
}
