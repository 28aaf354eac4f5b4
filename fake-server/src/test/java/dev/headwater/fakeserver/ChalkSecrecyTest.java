package dev.headwater.fakeserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@DisplayName("A planted secret")
@ExtendWith(FakeServerExtension.class)
class ChalkSecrecyTest {

    private static final String SECRET = "planted-5ecret";

    @Test
    @DisplayName("is in no error, log or print, wherever a client puts it")
    void hidden(FakeServer server) throws Exception {
        PrintStream err = System.err;
        PrintStream out = System.out;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(log, true, StandardCharsets.UTF_8);
        System.setErr(stream);
        System.setOut(stream);
        StringBuilder answers = new StringBuilder();
        try {
            server.log((call, outcome, took) -> stream.println(outcome + call.recorded()));
            Connect connect = new Connect(server);
            for (String body : List.of(
                    "{\"name\":\"x\",\"integrationKind\":13,\"config\":{\"PGPASSWORD\":\"" + SECRET + "\"}}",
                    "{\"name\":\"x\",\"integrationKind\":13,\"config\":{\"PGPASSWORD\":{\"literal\":\"" + SECRET
                            + "\",\"secretId\":\"y\"}}}",
                    "{\"name\":\"-\",\"config\":{\"PGPASSWORD\":{\"literal\":\"" + SECRET + "\"}}}",
                    "{\"name\":\"x\",\"environmentVariables\":{\"name\":\"" + SECRET + "\"},\"integrationKind\":13}",
                    "{\"" + SECRET,
                    SECRET)) {
                answers.append(connect.call("InsertIntegration", body).body());
                answers.append(connect.post(Connect.INTEGRATIONS + "InsertIntegration", "application/proto", body)
                        .body());
                answers.append(connect.post("/v1/oauth/token", "application/json", body)
                        .body());
            }
            answers.append(new Connect(server)
                    .token(SECRET)
                    .call("ListIntegrations", "{}")
                    .body());
            JsonObject client = new JsonObject();
            client.addProperty("client_id", "x");
            client.addProperty("client_secret", SECRET);
            answers.append(connect.post("/v1/oauth/token", "application/json", client.toString())
                    .body());
            server.connectionTests(attempt -> {
                throw new IllegalStateException(SECRET);
            });
            answers.append(connect.call("TestIntegration", "{\"kind\":13}").body());
        } finally {
            System.setErr(err);
            System.setOut(out);
        }
        assertThat(answers.toString())
                .contains("internal")
                .doesNotContain(SECRET)
                .doesNotContain("Exception");
        assertThat(log.toString(StandardCharsets.UTF_8)).isNotEmpty().doesNotContain(SECRET);
        assertThat(server.requests().toString()).doesNotContain(SECRET);
        assertThat(server.dataSources().toString()).doesNotContain(SECRET);
    }
}
