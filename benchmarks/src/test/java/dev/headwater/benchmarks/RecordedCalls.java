package dev.headwater.benchmarks;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A data source that notes what goes to the database through it: statements when they are run, and what ends a transaction. */
final class RecordedCalls {

    private static final Set<String> TRANSACTION = Set.of("setAutoCommit", "commit", "rollback");

    private final List<String> calls = new ArrayList<>();

    List<String> take() {
        List<String> taken = List.copyOf(calls);
        calls.clear();
        return taken;
    }

    DataSource on(DataSource real) {
        return proxy(DataSource.class, real, "");
    }

    private <T> T proxy(Class<T> type, T real, String sql) {
        return type.cast(Proxy.newProxyInstance(
                RecordedCalls.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    @Nullable Object result;
                    try {
                        result = method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getTargetException();
                    }
                    note(method.getName(), arguments, sql);
                    if (result instanceof PreparedStatement statement) {
                        return proxy(PreparedStatement.class, statement, (String) arguments[0]);
                    }
                    return result instanceof Connection connection && real instanceof DataSource
                            ? proxy(Connection.class, connection, "")
                            : result;
                }));
    }

    private void note(String method, Object @Nullable [] arguments, String sql) {
        if (method.startsWith("execute")) {
            calls.add(method + " " + sql.strip());
        } else if (TRANSACTION.contains(method)) {
            calls.add(method + (arguments == null ? "" : " " + arguments[0]));
        }
    }
}
