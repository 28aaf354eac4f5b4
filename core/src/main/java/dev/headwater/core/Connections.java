package dev.headwater.core;

import dev.headwater.core.internal.EnvironmentView;
import dev.headwater.core.internal.FollowingDataSource;
import dev.headwater.spi.ClientState;
import dev.headwater.spi.DataSourceId;
import dev.headwater.spi.DataSourceRecord;
import dev.headwater.spi.ErrorCategory;
import dev.headwater.spi.HeadwaterException;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Live connections to the data sources of one environment. What it hands out stays valid when a data source changes: the
 * pool behind it is replaced. All of it ends with the registry; hosts close connections, not what is handed out here.
 *
 * <p>Safe for use by many threads.
 */
public final class Connections {

    private final RegistryParts parts;
    private final EnvironmentView view;
    private final Gate gate;

    Connections(RegistryParts parts, EnvironmentView view, Gate gate) {
        this.parts = parts;
        this.view = view;
        this.gate = gate;
    }

    /**
     * A JDBC data source over a pool of at most {@code pool.max_size} connections. Its connections come from the state of
     * the data source at that moment; a pool is made when the first connection is asked for, and the access policy is asked
     * for {@link Action#RESOLVE} then and now. It may be kept: a pool that was closed because nobody used it is made again.
     *
     * @param name the name of the data source; a later rename does not matter
     * @throws DataSourceNotFoundException if there is none of that name
     * @throws AccessDeniedException if the policy refuses
     */
    public DataSource dataSource(String name) {
        return following(gate.pass(Action.RESOLVE, byName(name), name).id());
    }

    private FollowingDataSource following(DataSourceId id) {
        return new FollowingDataSource(() -> jdbc(id), () -> parts.clients().refreshAfterRejection(current(id)));
    }

    /**
     * The native client of a data source whose kind has no JDBC. It is the client of this moment: ask again rather than keep
     * it, since it is replaced when the data source changes. It is not closed because nobody uses it. For a kind with JDBC and
     * the type {@link DataSource}, it is that of {@link #dataSource}.
     *
     * @throws DataSourceNotFoundException if there is none of that name
     * @throws AccessDeniedException if the policy refuses
     * @throws WrongClientTypeException if the client is of another type
     */
    public <T> T client(String name, Class<T> type) {
        DataSourceRecord record = gate.pass(Action.RESOLVE, byName(name), name);
        Object client = parts.clients().client(record);
        boolean pool = client instanceof DataSource && type.isAssignableFrom(FollowingDataSource.class);
        return as(type, record, pool ? following(record.id()) : client);
    }

    /**
     * {@return what the pool or client of a data source is doing on this node; empty if there is none, because nobody asked
     * for it yet or lately} Makes nothing.
     *
     * @throws DataSourceNotFoundException if there is none of that name
     * @throws AccessDeniedException if the policy refuses {@link Action#READ}
     */
    public Optional<ClientState> state(String name) {
        return parts.clients().state(gate.pass(Action.READ, byName(name), name));
    }

    private DataSource jdbc(DataSourceId id) {
        DataSourceRecord record = current(id);
        gate.pass(Action.RESOLVE, record, record.name());
        return as(DataSource.class, record, parts.clients().client(record));
    }

    private DataSourceRecord current(DataSourceId id) {
        return view.find(id).orElseThrow(() -> new DataSourceNotFoundException(view.id(), id.value()));
    }

    private static <T> T as(Class<T> type, DataSourceRecord record, Object client) {
        if (!type.isInstance(client)) {
            throw new WrongClientTypeException(record, type, client);
        }
        return type.cast(client);
    }

    private DataSourceRecord byName(String name) {
        return view.findByName(name).orElseThrow(() -> new DataSourceNotFoundException(view.id(), name));
    }

    /** The client of a data source is of another type than was asked for. */
    public static final class WrongClientTypeException extends HeadwaterException {

        private static final long serialVersionUID = 1L;

        private WrongClientTypeException(DataSourceRecord record, Class<?> wanted, Object client) {
            super(
                    "wrong-client-type",
                    ErrorCategory.CALLER,
                    "data source " + record.name() + " (" + record.kind() + ") has a client of type "
                            + client.getClass().getName() + ", not " + wanted.getName(),
                    null);
        }
    }
}
