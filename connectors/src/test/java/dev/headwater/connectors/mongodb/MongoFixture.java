package dev.headwater.connectors.mongodb;

import dev.headwater.connectors.KindFixture;
import dev.headwater.spi.ColumnSchema;
import dev.headwater.spi.ColumnSchema.CanonicalType;
import dev.headwater.spi.TableSchema;
import dev.headwater.spi.TableSchema.TableType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;

/** A database of its own on the MongoDB server of the tests. */
public final class MongoFixture implements KindFixture {

    private static boolean filled;

    @Override
    public String kind() {
        return "mongodb";
    }

    @Override
    public Map<String, Object> workingConfig() {
        fill();
        return MongoProcess.get().config();
    }

    private static synchronized void fill() {
        if (!filled) {
            MongoProcess.get().fill(client -> {
                var database = client.getDatabase("contract");
                database.getCollection("a").insertOne(new Document("_id", 1).append("note", "hello"));
                database.getCollection("b").insertOne(new Document("_id", "x"));
            });
            filled = true;
        }
    }

    @Override
    public TableSchema knownTable() {
        return new TableSchema(
                null,
                "contract",
                "a",
                TableType.COLLECTION,
                null,
                List.of(
                        new ColumnSchema("_id", "int", CanonicalType.INTEGER, false, null),
                        new ColumnSchema("note", "string", CanonicalType.TEXT, true, null)),
                List.of("_id"));
    }

    @Override
    public Optional<Map<String, Object>> missingDatabase() {
        return Optional.empty();
    }
}
