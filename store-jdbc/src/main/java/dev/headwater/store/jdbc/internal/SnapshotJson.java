package dev.headwater.store.jdbc.internal;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import dev.headwater.spi.ColumnSchema;
import dev.headwater.spi.ColumnSchema.CanonicalType;
import dev.headwater.spi.SchemaSnapshot;
import dev.headwater.spi.StoreException;
import dev.headwater.spi.TableSchema;
import dev.headwater.spi.TableSchema.TableType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Schema snapshots as gzipped JSON, in which a column is an array: name, native type, type, nullable, comment. */
final class SnapshotJson {

    /** The most bytes of a snapshot: MariaDB takes no statement of more than 16 MiB unless it is told to. */
    static final int MAX_BYTES = 12 * 1024 * 1024;

    private SnapshotJson() {}

    static byte[] write(SchemaSnapshot snapshot) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonWriter json = new JsonWriter(
                new Utf8Safe(new OutputStreamWriter(new GZIPOutputStream(bytes), StandardCharsets.UTF_8)))) {
            json.setSerializeNulls(false);
            json.beginObject();
            json.name("readAt").value(Micros.of(snapshot.readAt()));
            json.name("truncated").value(snapshot.truncated());
            json.name("tables").beginArray();
            for (TableSchema table : snapshot.tables()) {
                write(json, table);
            }
            json.endArray().endObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (bytes.size() > MAX_BYTES) {
            throw new StoreException("a schema snapshot of " + snapshot.tables().size() + " tables and "
                    + snapshot.columnCount() + " columns is too large to be stored (" + bytes.size()
                    + " bytes compressed, at most " + MAX_BYTES + ")");
        }
        return bytes.toByteArray();
    }

    private static void write(JsonWriter json, TableSchema table) throws IOException {
        json.beginObject();
        json.name("catalog").value(table.catalog());
        json.name("schema").value(table.schema());
        json.name("name").value(table.name());
        json.name("type").value(table.type().name());
        json.name("comment").value(table.comment());
        json.name("columns").beginArray();
        for (ColumnSchema column : table.columns()) {
            json.beginArray();
            json.value(column.name())
                    .value(column.nativeType())
                    .value(column.type().name());
            json.value(column.nullable());
            if (column.comment() != null) {
                json.value(column.comment());
            }
            json.endArray();
        }
        json.endArray();
        json.name("primaryKey").beginArray();
        for (String column : table.primaryKey()) {
            json.value(column);
        }
        json.endArray().endObject();
    }

    /** @throws StoreException if that is no snapshot; the error does not repeat it */
    static SchemaSnapshot read(byte[] bytes) {
        try (JsonReader json = new JsonReader(
                new InputStreamReader(new GZIPInputStream(new ByteArrayInputStream(bytes)), StandardCharsets.UTF_8))) {
            Instant readAt = Instant.EPOCH;
            boolean truncated = false;
            List<TableSchema> tables = new ArrayList<>();
            json.beginObject();
            while (json.hasNext()) {
                switch (json.nextName()) {
                    case "readAt" -> readAt = Micros.toInstant(json.nextLong());
                    case "truncated" -> truncated = json.nextBoolean();
                    case "tables" -> {
                        json.beginArray();
                        while (json.hasNext()) {
                            tables.add(table(json));
                        }
                        json.endArray();
                    }
                    default -> json.skipValue();
                }
            }
            json.endObject();
            return new SchemaSnapshot(readAt, tables, truncated);
        } catch (IOException | RuntimeException e) {
            throw new StoreException(
                    "what is stored of a schema makes no sense (" + e.getClass().getSimpleName() + ")");
        }
    }

    private static TableSchema table(JsonReader json) throws IOException {
        String catalog = null;
        String schema = null;
        String name = "";
        TableType type = TableType.TABLE;
        String comment = null;
        List<ColumnSchema> columns = new ArrayList<>();
        List<String> primaryKey = new ArrayList<>();
        json.beginObject();
        while (json.hasNext()) {
            switch (json.nextName()) {
                case "catalog" -> catalog = json.nextString();
                case "schema" -> schema = json.nextString();
                case "name" -> name = json.nextString();
                case "type" -> type = TableType.valueOf(json.nextString());
                case "comment" -> comment = json.nextString();
                case "columns" -> {
                    json.beginArray();
                    while (json.hasNext()) {
                        columns.add(column(json));
                    }
                    json.endArray();
                }
                case "primaryKey" -> {
                    json.beginArray();
                    while (json.hasNext()) {
                        primaryKey.add(json.nextString());
                    }
                    json.endArray();
                }
                default -> json.skipValue();
            }
        }
        json.endObject();
        return new TableSchema(catalog, schema, name, type, comment, columns, primaryKey);
    }

    private static ColumnSchema column(JsonReader json) throws IOException {
        json.beginArray();
        String name = json.nextString();
        String nativeType = json.nextString();
        CanonicalType type = CanonicalType.valueOf(json.nextString());
        boolean nullable = json.nextBoolean();
        @Nullable String comment = json.peek() == JsonToken.STRING ? json.nextString() : null;
        json.endArray();
        return new ColumnSchema(name, nativeType, type, nullable, comment);
    }
}
