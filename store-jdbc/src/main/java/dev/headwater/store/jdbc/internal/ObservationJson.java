package dev.headwater.store.jdbc.internal;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import dev.headwater.spi.HealthState;
import dev.headwater.spi.HealthStatus;
import dev.headwater.spi.StoreException;
import dev.headwater.spi.SyncState;
import dev.headwater.spi.SyncStatus;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The JSON of sync and health states, which have the same shape: a status, two times and a text. */
final class ObservationJson {

    private record Parts(
            String status,
            @Nullable Instant attempt,
            @Nullable Instant success,
            @Nullable String text) {}

    private ObservationJson() {}

    static String write(SyncState state) {
        return write(new Parts(state.status().name(), state.lastAttemptAt(), state.lastSuccessAt(), state.error()));
    }

    static String write(HealthState state) {
        return write(new Parts(state.status().name(), state.lastAttemptAt(), state.lastHealthyAt(), state.message()));
    }

    static SyncState sync(@Nullable String json) {
        return json == null
                ? SyncState.NEVER_SYNCED
                : read(
                        json,
                        parts -> new SyncState(
                                SyncStatus.valueOf(parts.status), parts.attempt, parts.success, parts.text));
    }

    static HealthState health(@Nullable String json) {
        return json == null
                ? HealthState.NEVER_TRIED
                : read(
                        json,
                        parts -> new HealthState(
                                HealthStatus.valueOf(parts.status), parts.attempt, parts.success, parts.text));
    }

    private static String write(Parts parts) {
        StringWriter text = new StringWriter();
        try (JsonWriter json = new JsonWriter(new Utf8Safe(text))) {
            json.setSerializeNulls(false);
            json.beginObject();
            json.name("status").value(parts.status);
            if (parts.attempt != null) {
                json.name("attempt").value(Micros.of(parts.attempt));
            }
            if (parts.success != null) {
                json.name("success").value(Micros.of(parts.success));
            }
            json.name("text").value(parts.text);
            json.endObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static <T> T read(String text, Function<Parts, T> state) {
        String status = "";
        Instant attempt = null;
        Instant success = null;
        String message = null;
        try (JsonReader json = new JsonReader(new StringReader(text))) {
            json.beginObject();
            while (json.hasNext()) {
                switch (json.nextName()) {
                    case "status" -> status = json.nextString();
                    case "attempt" -> attempt = Micros.toInstant(json.nextLong());
                    case "success" -> success = Micros.toInstant(json.nextLong());
                    case "text" -> message = json.nextString();
                    default -> json.skipValue();
                }
            }
            json.endObject();
            return state.apply(new Parts(status, attempt, success, message));
        } catch (IOException | RuntimeException e) {
            throw new StoreException("what is stored of an observation makes no sense ("
                    + e.getClass().getSimpleName() + ")");
        }
    }
}
