package dev.headwater.fakeserver;

import static dev.headwater.spi.SourceSystem.BASEDASH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Our description of Basedash's API")
class BasedashSchemasTest {

    @Test
    @DisplayName("wants each of the 35 fields of a data source, and times that are times")
    void wantsAllFields() {
        try (FakeServer server = FakeServer.start()) {
            JsonObject whole = new Rest(server, BASEDASH)
                    .post(
                            "/api/public/organizations/" + FakeServer.DEFAULT_SCOPE + "/data-sources",
                            "{\"type\": \"direct\", \"dialect\": \"DUCKDB\", \"displayName\": \"x\"}")
                    .json();
            assertThat(whole.getAsJsonObject("data").keySet()).hasSize(35).allSatisfy(field -> {
                JsonObject part = whole.deepCopy();
                part.getAsJsonObject("data").remove(field);
                refuses(part);
            });
            for (String time : new String[] {"createdAt", "lastHealthyAt", "lastSyncAttemptAt"}) {
                JsonObject wrong = whole.deepCopy();
                wrong.getAsJsonObject("data").add(time, new JsonPrimitive("yesterday"));
                refuses(wrong);
            }
        }
    }

    private static void refuses(JsonObject reply) {
        assertThatThrownBy(() -> BasedashSchemas.assertValid("DataSourceReply", reply.toString()))
                .isInstanceOf(AssertionError.class);
    }
}
