package dev.headwater.fakeserver;

import static dev.headwater.spi.SourceSystem.BASEDASH;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.headwater.fakeserver.Rest.Reply;
import dev.headwater.spi.SourceSystem;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Basedash's organizations, keys, access and limits")
class BasedashOrganizationsTest {

    private static final FakeServer SERVER = FakeServer.builder()
            .scope("org_abc123", "Acme Inc.")
            .scope("org_other", "Other")
            .start();
    private static final String ORGANIZATIONS = "/api/public/organizations";
    private static final String PATH = ORGANIZATIONS + "/org_abc123/data-sources";
    private static final String LEAST = "{\"type\": \"direct\", \"dialect\": \"MYSQL\", \"displayName\": \"Shop\"}";

    private final Rest client = new Rest(SERVER, BASEDASH);

    @BeforeEach
    void reset() {
        SERVER.reset();
    }

    @AfterAll
    static void close() {
        SERVER.close();
    }

    private static void isError(Reply reply, int status, String title, String detail) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(status);
        BasedashSchemas.assertValid("ErrorReply", reply.text());
        assertThat(reply.text("error", "title")).isEqualTo(title);
        assertThat(reply.text("error", "detail")).isEqualTo(detail);
    }

    private static List<String> ids(Reply reply) {
        return StreamSupport.stream(reply.array("data").spliterator(), false)
                .map(item -> item.getAsJsonObject().get("id").getAsString())
                .toList();
    }

    @Test
    @DisplayName("an organization is made, listed first, and takes data sources of the key that made it")
    void organizations() {
        Rest scoped = client.with(SERVER.issueToken(BASEDASH, "org_abc123", null));
        Reply made = scoped.post(ORGANIZATIONS, "{\"name\": \"New Börse & Söhne\"}");

        assertThat(made.status()).isEqualTo(201);
        BasedashSchemas.assertValid("OrganizationReply", made.text());
        String id = made.text("data", "id");
        assertThat(id).matches("org_[a-z0-9]+");
        assertThat(made.text("data", "name")).isEqualTo("New Börse & Söhne");
        assertThat(made.text("data", "slug")).isEqualTo("new-b-rse-s-hne");
        Reply list = scoped.get(ORGANIZATIONS);
        BasedashSchemas.assertValid("OrganizationPage", list.text());
        assertThat(ids(list)).containsExactly(id, "org_abc123");
        assertThat(scoped.post(ORGANIZATIONS + "/" + id + "/data-sources", LEAST)
                        .status())
                .isEqualTo(201);
        assertThat(ids(client.get(ORGANIZATIONS + "?limit=1&cursor=" + id))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"name\": \"\"}", "{\"name\": 5}", "{\"name\": null}"})
    @DisplayName("an organization needs a name")
    void noName(String body) {
        assertThat(client.post(ORGANIZATIONS, body).text("error", "title")).isEqualTo("ValidationError");
    }

    @Test
    @DisplayName("a missing organization, one of others and one where the key is no admin's look the same")
    void deniedLooksLikeMissing() {
        Rest scoped = client.with(SERVER.issueToken(BASEDASH, "org_abc123", null));
        Rest member = client.with(SERVER.issueToken(BASEDASH, "org_abc123", Set.of(), null));
        String id = client.post(PATH, LEAST).text("data", "id");

        for (Reply reply : List.of(
                client.get(ORGANIZATIONS + "/org_nobody/data-sources"),
                scoped.get(ORGANIZATIONS + "/org_other/data-sources"),
                member.get(PATH),
                member.post(PATH, LEAST),
                member.post(PATH, "no json"),
                member.post(PATH + "/verify", LEAST),
                member.get(PATH + "/" + id),
                member.patch(PATH + "/" + id, "{}"),
                member.delete(PATH + "/" + id),
                member.get(PATH + "/" + id + "/access"))) {
            isError(reply, 404, "NotFound", "Organization not found");
        }
        assertThat(ids(member.get(ORGANIZATIONS))).containsExactly("org_abc123");
        isError(client.get(ORGANIZATIONS + "/org_other/data-sources/" + id), 404, "NotFound", "Data source not found");
    }

    @Test
    @DisplayName("no key, an unknown, expired or revoked one, or another system's is refused")
    void keys() {
        String revoked = SERVER.issueToken(BASEDASH, null, null);
        SERVER.revokeToken(revoked);
        String expired = SERVER.issueToken(BASEDASH, null, Duration.ofHours(1));
        SERVER.expireToken(expired);
        for (String key :
                new String[] {null, "bd_key_nonsense", revoked, expired, SERVER.token(SourceSystem.DATABRAIN)}) {
            isError(client.with(key).get(PATH), 401, "Unauthorized", "Missing or invalid API key");
            isError(client.with(key).post(PATH, "no json"), 401, "Unauthorized", "Missing or invalid API key");
            isError(client.with(key).get(ORGANIZATIONS), 401, "Unauthorized", "Missing or invalid API key");
        }
    }

    @Test
    @DisplayName("everyone may use a data source until its access says otherwise")
    void access() {
        String path = PATH + "/" + client.post(PATH, LEAST).text("data", "id") + "/access";

        Reply before = client.get(path);
        BasedashSchemas.assertValid("AccessReply", before.text());
        assertThat(before.text("data", "mode")).isEqualTo("everyone");

        Reply put =
                client.put(path, "{\"mode\": \"restricted\", \"groupIds\": [\"g1\", \"g1\"], \"memberIds\": [\"m1\"]}");
        assertThat(put.status()).isEqualTo(200);
        BasedashSchemas.assertValid("AccessReply", put.text());
        assertThat(put.array("data", "groupIds").toString()).isEqualTo("[\"g1\"]");
        assertThat(client.get(path).text()).isEqualTo(put.text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"mode\": null}",
                "{\"mode\": \"nobody\"}",
                "{\"mode\": \"everyone\", \"groupIds\": \"g\"}",
                "{\"mode\": \"everyone\", \"memberIds\": [1]}",
                "{\"mode\": \"everyone\", \"memberIds\": [\"\"]}"
            })
    @DisplayName("an access policy that is not valid is refused")
    void invalidAccess(String body) {
        String path = PATH + "/" + client.post(PATH, LEAST).text("data", "id") + "/access";

        assertThat(client.put(path, body).text("error", "title")).isEqualTo("ValidationError");
    }

    @Test
    @DisplayName("a used-up limit says in how many milliseconds to come back")
    void rateLimit() {
        SERVER.limit(BASEDASH, 2, Duration.ofMinutes(1));
        client.get(PATH);
        client.get(PATH);
        Reply reply = client.get(PATH);

        assertThat(reply.status()).isEqualTo(429);
        BasedashSchemas.assertValid("RateLimitReply", reply.text());
        assertThat(reply.at("error", "retryAfterMs").getAsLong()).isBetween(1L, 60_000L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ValidationError", "Unauthorized", "NotFound", "RateLimitExceeded", "InternalServerError", "Odd"
            })
    @DisplayName("every error can be had from the next call")
    void injected(String title) {
        SERVER.next(1).of(BASEDASH, "list").fail(title, "as the test wants it");
        Reply reply = client.get(PATH);

        JsonObject error = reply.at("error").getAsJsonObject();
        assertThat(error.get("title").getAsString()).isEqualTo(title);
        assertThat(error.get("detail").getAsString()).isEqualTo("as the test wants it");
        BasedashSchemas.assertValid(title.startsWith("Rate") ? "RateLimitReply" : "ErrorReply", reply.text());
        assertThat(reply.status())
                .isEqualTo(
                        switch (title) {
                            case "ValidationError" -> 400;
                            case "Unauthorized" -> 401;
                            case "NotFound" -> 404;
                            case "RateLimitExceeded" -> 429;
                            default -> 500;
                        });
        assertThat(client.get(PATH).status()).isEqualTo(200);
    }
}
