package dev.headwater.core;

import dev.headwater.spi.ClientSettings;
import dev.headwater.spi.ColumnSchema;
import dev.headwater.spi.ColumnSchema.CanonicalType;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.Connector;
import dev.headwater.spi.ConnectorClient;
import dev.headwater.spi.ConnectorSession;
import dev.headwater.spi.PreviewMessage;
import dev.headwater.spi.TableList;
import dev.headwater.spi.TableSchema;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/** A connector that does what a test says, and notes what was asked of it. */
final class FakeConnector implements Connector {

    /** Runs at each step with the target; throws or blocks if the test wants that. */
    Consumer<ConnectionTarget> onReach = target -> {};

    Consumer<ConnectionTarget> onOpen = target -> {};
    Runnable onProbe = () -> {};
    Runnable onRead = () -> {};
    List<TableSchema> tables = List.of(new TableSchema(
            null,
            "public",
            "orders",
            TableSchema.TableType.TABLE,
            null,
            List.of(new ColumnSchema("id", "bigint", CanonicalType.INTEGER, false, null)),
            List.of("id")));

    /** What a session shows, however little was asked for. */
    Supplier<List<PreviewMessage>> onPreview = List::of;

    final List<ConnectionTarget> opened = new CopyOnWriteArrayList<>();
    final List<FakeClient> clients = new CopyOnWriteArrayList<>();
    final List<Session> closedSessions = new CopyOnWriteArrayList<>();

    @Override
    public Set<String> kinds() {
        return Set.of("postgresql");
    }

    @Override
    public void reach(ConnectionTarget target) {
        onReach.accept(target);
    }

    @Override
    public ConnectorSession open(ConnectionTarget target) {
        opened.add(target);
        onOpen.accept(target);
        return new Session();
    }

    @Override
    public ConnectorClient client(ConnectionTarget target, ClientSettings settings) {
        FakeClient client = new FakeClient(target, settings);
        clients.add(client);
        return client;
    }

    final class Session implements ConnectorSession {

        @Override
        public String probe() {
            onProbe.run();
            return "Fake 1.0";
        }

        @Override
        public TableList readTables(int maxTables, IntConsumer progress) {
            onRead.run();
            progress.accept(tables.size());
            return new TableList(tables, false);
        }

        @Override
        public List<PreviewMessage> preview(int maxMessages) {
            return onPreview.get();
        }

        @Override
        public void close() {
            closedSessions.add(this);
        }
    }

    /** A client that is a text; the test says how many use it. */
    static final class FakeClient implements ConnectorClient {

        final ConnectionTarget target;
        final ClientSettings settings;
        volatile int inUse;
        volatile boolean mayCloseWhenUnused;
        volatile Runnable onRetire = () -> {};
        volatile Runnable onClose = () -> {};
        volatile boolean retired;
        volatile boolean closed;

        FakeClient(ConnectionTarget target, ClientSettings settings) {
            this.target = target;
            this.settings = settings;
        }

        @Override
        public Object client() {
            return "client of " + target.config().required("host");
        }

        @Override
        public int inUse() {
            return inUse;
        }

        @Override
        public boolean mayCloseWhenUnused() {
            return mayCloseWhenUnused;
        }

        @Override
        public void retire() {
            onRetire.run();
            retired = true;
        }

        @Override
        public void close() {
            onClose.run();
            closed = true;
        }
    }
}
