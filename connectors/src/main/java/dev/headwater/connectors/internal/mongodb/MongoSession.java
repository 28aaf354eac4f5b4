package dev.headwater.connectors.internal.mongodb;

import dev.headwater.connectors.internal.Failures;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.ConnectorSession;
import dev.headwater.spi.TableList;
import java.io.IOException;
import java.util.function.IntConsumer;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;

/** A login to one server. */
final class MongoSession implements ConnectorSession {

    private final ConnectionTarget target;
    private final MongoConnection connection;

    MongoSession(ConnectionTarget target, MongoConnection connection) {
        this.target = target;
        this.connection = connection;
    }

    @Override
    public String probe() {
        return run("read the version", () -> {
            // Unlike ping, this takes a right.
            connection.run(
                    "admin", new BsonDocument("listDatabases", new BsonInt32(1)).append("nameOnly", BsonBoolean.TRUE));
            BsonDocument info = connection.run("admin", new BsonDocument("buildInfo", new BsonInt32(1)));
            String version =
                    info.getString("version", new BsonString("of no version")).getValue();
            return Failures.line("MongoDB " + version, target.config());
        });
    }

    @Override
    public TableList readTables(int maxTables, IntConsumer progress) {
        if (maxTables < 1) {
            throw new IllegalArgumentException("maxTables must be at least 1, is " + maxTables);
        }
        return run("read the collections", () -> new MongoCatalog(connection, maxTables, progress).read());
    }

    private interface Work<T> {
        T run() throws IOException;
    }

    private <T> T run(String doing, Work<T> work) {
        Failures.refuseCancelled(target);
        try {
            return work.run();
        } catch (IOException | RuntimeException e) {
            throw MongoFailures.translate(target, doing, e);
        }
    }

    @Override
    public void close() {
        connection.close();
    }
}
