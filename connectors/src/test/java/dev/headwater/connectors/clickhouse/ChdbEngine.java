package dev.headwater.connectors.clickhouse;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The engine of ClickHouse as a library, by its interface for C:
 * https://github.com/chdb-io/chdb/blob/main/programs/local/chdb.h. It knows one user, {@code default}.
 */
final class ChdbEngine {

    private static final Pattern CODE = Pattern.compile("Code: (\\d+)\\.");

    private final NativeLibrary library;
    private final String[] arguments;

    /** @param data the directory of its tables; a process has one */
    ChdbEngine(Path library, Path data) {
        this.library = NativeLibrary.getInstance(library.toString());
        this.arguments = new String[] {"clickhouse", "--path=" + data};
        // The engine lives as long as one connection does.
        Pointer unused = connect();
    }

    private Pointer connect() {
        Pointer connection = function("chdb_connect").invokePointer(new Object[] {arguments.length, arguments});
        if (connection == null) {
            throw new IllegalStateException("chDB does not start");
        }
        return connection;
    }

    /**
     * Runs a statement in a session of its own.
     *
     * @return the rows in the format given
     */
    byte[] query(String database, Map<String, String> settings, String sql, String format) throws ChdbException {
        Pointer connection = connect();
        try {
            Pointer session = connection.getPointer(0);
            run(session, "USE `" + database.replace("\\", "\\\\").replace("`", "\\`") + "`", format);
            for (Map.Entry<String, String> setting : settings.entrySet()) {
                String value = setting.getValue().replace("\\", "\\\\").replace("'", "\\'");
                run(session, "SET " + setting.getKey() + " = '" + value + "'", format);
            }
            return run(session, sql, format);
        } finally {
            function("chdb_close_conn").invokeVoid(new Object[] {connection});
        }
    }

    private byte[] run(Pointer session, String sql, String format) throws ChdbException {
        byte[] query = sql.getBytes(StandardCharsets.UTF_8);
        byte[] name = format.getBytes(StandardCharsets.US_ASCII);
        Pointer result = function("chdb_query_n")
                .invokePointer(new Object[] {session, query, (long) query.length, name, (long) name.length});
        Object[] only = {result};
        try {
            String error = (String) function("chdb_result_error").invoke(String.class, only);
            if (error != null) {
                Matcher code = CODE.matcher(error);
                throw new ChdbException(code.find() ? Integer.parseInt(code.group(1)) : 0, error);
            }
            long length = (long) function("chdb_result_length").invoke(long.class, only);
            return length == 0
                    ? new byte[0]
                    : function("chdb_result_buffer").invokePointer(only).getByteArray(0, Math.toIntExact(length));
        } finally {
            function("chdb_destroy_query_result").invokeVoid(only);
        }
    }

    private Function function(String name) {
        return library.getFunction(name);
    }

    /** What the engine says is wrong, in its words. */
    static final class ChdbException extends Exception {

        private static final long serialVersionUID = 1L;

        private final int code;

        ChdbException(int code, String message) {
            super(message);
            this.code = code;
        }

        int code() {
            return code;
        }
    }
}
