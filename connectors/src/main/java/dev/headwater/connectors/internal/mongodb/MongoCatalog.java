package dev.headwater.connectors.internal.mongodb;

import dev.headwater.spi.ColumnSchema;
import dev.headwater.spi.TableList;
import dev.headwater.spi.TableSchema;
import dev.headwater.spi.TableSchema.TableType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.IntConsumer;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonValue;

/**
 * Reads the collections and views of all databases that the user may see. One command for the databases, one for the
 * collections of each, and one for a sample of each collection.
 */
final class MongoCatalog {

    /** Of how many documents a collection's fields are inferred. */
    static final int SAMPLE = 100;

    private static final Set<String> OWN_DATABASES = Set.of("admin", "local", "config");
    private static final String OWN_COLLECTIONS = "system.";
    private static final int SAMPLE_MILLIS = 30_000;

    private static final int NAMESPACE_NOT_FOUND = 26;

    /** It may not be read, it was dropped meanwhile, or the time was up. */
    private static final Set<Integer> UNREADABLE =
            Set.of(MongoErrorException.UNAUTHORIZED, NAMESPACE_NOT_FOUND, MongoErrorException.TIME_EXPIRED);

    private final MongoConnection connection;
    private final int maxTables;
    private final IntConsumer progress;
    private final List<TableSchema> tables = new ArrayList<>();

    MongoCatalog(MongoConnection connection, int maxTables, IntConsumer progress) {
        this.connection = connection;
        this.maxTables = maxTables;
        this.progress = progress;
    }

    private record Found(String name, String type) {}

    TableList read() throws IOException {
        for (String database : databases()) {
            for (Found found : collections(database)) {
                if (tables.size() == maxTables) {
                    return done(true);
                }
                tables.add(table(database, found));
                progress.accept(tables.size());
            }
        }
        return done(false);
    }

    private TableList done(boolean truncated) {
        progress.accept(tables.size());
        return new TableList(tables, truncated);
    }

    private List<String> databases() throws IOException {
        BsonDocument answer = connection.run(
                "admin",
                new BsonDocument("listDatabases", new BsonInt32(1))
                        .append("nameOnly", BsonBoolean.TRUE)
                        .append("authorizedDatabases", BsonBoolean.TRUE));
        return answer.getArray("databases").stream()
                .map(database -> database.asDocument().getString("name").getValue())
                .filter(name -> !OWN_DATABASES.contains(name))
                .sorted()
                .toList();
    }

    private List<Found> collections(String database) throws IOException {
        BsonDocument command = new BsonDocument("listCollections", new BsonInt32(1))
                .append("nameOnly", BsonBoolean.TRUE)
                .append("authorizedCollections", BsonBoolean.TRUE)
                .append("cursor", new BsonDocument());
        return all(database, "$cmd.listCollections", command).stream()
                .map(one -> new Found(
                        one.getString("name").getValue(),
                        one.getString("type", new BsonString("collection")).getValue()))
                .filter(found -> !found.name().startsWith(OWN_COLLECTIONS))
                .sorted(Comparator.comparing(Found::name))
                .toList();
    }

    private TableSchema table(String database, Found found) throws IOException {
        boolean view = found.type().equals("view");
        List<ColumnSchema> columns = MongoFields.of(sample(database, found.name(), view));
        boolean hasId = columns.stream().anyMatch(column -> column.name().equals("_id"));
        return new TableSchema(
                null,
                database,
                found.name(),
                view ? TableType.VIEW : TableType.COLLECTION,
                null,
                columns,
                hasId && !view ? List.of("_id") : List.of());
    }

    /** Documents at random; of a view the first ones, since for a random one all of it would have to be computed. */
    private List<BsonDocument> sample(String database, String collection, boolean view) throws IOException {
        BsonDocument stage = view
                ? new BsonDocument("$limit", new BsonInt32(SAMPLE))
                : new BsonDocument("$sample", new BsonDocument("size", new BsonInt32(SAMPLE)));
        BsonDocument command = new BsonDocument("aggregate", new BsonString(collection))
                .append("pipeline", new BsonArray(List.of(stage)))
                .append("maxTimeMS", new BsonInt32(SAMPLE_MILLIS))
                .append("cursor", new BsonDocument("batchSize", new BsonInt32(SAMPLE)));
        try {
            return firstBatch(database, collection, command);
        } catch (MongoErrorException e) {
            // It may be listed without a right to read it; and a view may be of what is not there any more.
            if (view || UNREADABLE.contains(e.error())) {
                return List.of();
            }
            throw e;
        }
    }

    /** Runs a command that answers with a cursor, and takes what comes at once: of large documents 16 MB, and not all. */
    private List<BsonDocument> firstBatch(String database, String collection, BsonDocument command) throws IOException {
        BsonDocument cursor = connection.run(database, command).getDocument("cursor");
        List<BsonDocument> documents = new ArrayList<>();
        take(cursor.getArray("firstBatch"), documents);
        long id = cursor.getNumber("id").longValue();
        if (id != 0) {
            connection.run(
                    database,
                    new BsonDocument("killCursors", new BsonString(collection))
                            .append("cursors", new BsonArray(List.of(new BsonInt64(id)))));
        }
        return documents;
    }

    /** Runs a command that answers with a cursor, and goes on to its end. */
    private List<BsonDocument> all(String database, String collection, BsonDocument command) throws IOException {
        List<BsonDocument> all = new ArrayList<>();
        BsonDocument cursor = connection.run(database, command).getDocument("cursor");
        take(cursor.getArray("firstBatch"), all);
        long id = cursor.getNumber("id").longValue();
        while (id != 0) {
            BsonDocument more =
                    new BsonDocument("getMore", new BsonInt64(id)).append("collection", new BsonString(collection));
            cursor = connection.run(database, more).getDocument("cursor");
            take(cursor.getArray("nextBatch"), all);
            id = cursor.getNumber("id").longValue();
        }
        return all;
    }

    private static void take(BsonArray batch, List<BsonDocument> into) {
        for (BsonValue document : batch) {
            into.add(document.asDocument());
        }
    }
}
