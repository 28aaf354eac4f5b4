package dev.headwater.connectors.mongodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.connectors.Connectors;
import dev.headwater.connectors.Targets;
import dev.headwater.spi.ColumnSchema;
import dev.headwater.spi.ColumnSchema.CanonicalType;
import dev.headwater.spi.ConnectorSession;
import dev.headwater.spi.TableSchema;
import dev.headwater.spi.TableSchema.TableType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.stream.IntStream;
import org.bson.Document;
import org.bson.types.Binary;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The schema of a MongoDB source")
class MongoSchemaTest {

    private static final MongoProcess SERVER = MongoProcess.get();

    @BeforeAll
    static void fill() {
        SERVER.fill(client -> {
            var database = client.getDatabase("schema");
            database.getCollection("kinds")
                    .insertOne(new Document("_id", new ObjectId())
                            .append("flag", true)
                            .append("count", 1)
                            .append("big", 1L)
                            .append("rate", 1.5)
                            .append("price", new Decimal128(new BigDecimal("1.50")))
                            .append("name", "x")
                            .append("at", new Date(0))
                            .append("bytes", new Binary(new byte[] {1}))
                            .append("tags", List.of("a", "b"))
                            .append("mixedTags", List.of("a", 1))
                            .append("none", null)
                            .append("address", new Document("city", "X").append("geo", new Document("lat", 1.0))));
            var mixed = database.getCollection("mixed");
            mixed.insertOne(new Document("_id", 1).append("a", 1).append("b", 1).append("c", 1));
            mixed.insertOne(
                    new Document("_id", 2).append("a", 2.5).append("b", "text").append("c", null));
            database.createCollection("nothing");
            // The server cannot sort more than 31 at random.
            List<Document> many = new ArrayList<>();
            IntStream.range(0, 30).forEach(i -> many.add(new Document("_id", i).append("n", i)));
            database.getCollection("many").insertMany(many);
            database.createCollection("view_of_mixed");
        });
    }

    private static List<TableSchema> tables() {
        try (ConnectorSession session = Connectors.mongodb().open(Targets.target("mongodb", SERVER.config()))) {
            return session.readTables(1_000, count -> {}).tables().stream()
                    .filter(table -> "schema".equals(table.schema()))
                    .toList();
        }
    }

    private static TableSchema table(String name) {
        return tables().stream()
                .filter(table -> table.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static ColumnSchema column(String name, String nativeType, CanonicalType type) {
        return new ColumnSchema(name, nativeType, type, true, null);
    }

    @Test
    @DisplayName("has collections and views in the order of their names, and nothing of the server's own")
    void collections() {
        assertThat(tables())
                .extracting(TableSchema::name)
                .containsExactly("kinds", "many", "mixed", "nothing", "view_of_mixed");
        assertThat(table("view_of_mixed").type()).isEqualTo(TableType.VIEW);
        assertThat(table("nothing").columns()).isEmpty();
        assertThat(table("nothing").primaryKey()).isEmpty();
        assertThat(table("many").primaryKey()).containsExactly("_id");
        assertThat(table("many").columns()).hasSize(2);
    }

    @Test
    @DisplayName("has the fields that documents hold, those of nested documents with a dot")
    void fields() {
        assertThat(table("kinds").columns())
                .containsExactly(
                        new ColumnSchema("_id", "objectId", CanonicalType.TEXT, false, null),
                        column("flag", "bool", CanonicalType.BOOLEAN),
                        column("count", "int", CanonicalType.INTEGER),
                        column("big", "long", CanonicalType.INTEGER),
                        column("rate", "double", CanonicalType.FLOAT),
                        column("price", "decimal", CanonicalType.DECIMAL),
                        column("name", "string", CanonicalType.TEXT),
                        column("at", "date", CanonicalType.TIMESTAMP_WITH_ZONE),
                        column("bytes", "binData", CanonicalType.BINARY),
                        column("tags", "array<string>", CanonicalType.ARRAY),
                        column("mixedTags", "array<int|string>", CanonicalType.ARRAY),
                        column("none", "null", CanonicalType.UNKNOWN),
                        column("address", "object", CanonicalType.STRUCT),
                        column("address.city", "string", CanonicalType.TEXT),
                        column("address.geo", "object", CanonicalType.STRUCT),
                        column("address.geo.lat", "double", CanonicalType.FLOAT));
    }

    @Test
    @DisplayName("has the widest type for mixed numbers, and none for other mixtures")
    void mixed() {
        assertThat(table("mixed").columns())
                .containsExactlyInAnyOrder(
                        new ColumnSchema("_id", "int", CanonicalType.INTEGER, false, null),
                        column("a", "double|int", CanonicalType.FLOAT),
                        column("b", "int|string", CanonicalType.UNKNOWN),
                        column("c", "int", CanonicalType.INTEGER));
    }
}
