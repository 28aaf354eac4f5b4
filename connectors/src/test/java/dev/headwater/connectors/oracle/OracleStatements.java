package dev.headwater.connectors.oracle;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.h2.api.ErrorCode;

/** The queries of one session, each known by the number of its cursor. There is one other statement, which waits. */
final class OracleStatements implements AutoCloseable {

    /** Goes on until the driver breaks it off. */
    static final String SLEEP = "begin dbms_session.sleep(600); end;";

    private static final int EXECUTE = 0x20;
    private static final int FETCH = 0x40;

    private static final int DESCRIBE = 16;
    private static final int ROW_HEADER = 6;
    private static final int ROW = 7;

    private static final int UTF_8 = 873;

    /** The scale of a number that has none, -127. */
    private static final int[] NO_SCALE = {0x81, 127};

    private final TnsConnection connection;
    private final TtcReader in;
    private final Connection database;
    private final Map<Integer, Cursor> cursors = new HashMap<>();

    OracleStatements(TnsConnection connection, TtcReader in, Connection database) {
        this.connection = connection;
        this.database = database;
        this.in = in;
    }

    /** A statement, and what it gives once it was executed. */
    private static final class Cursor {

        private final int number;
        private final PreparedStatement statement;
        private int[] types = {};
        private ResultSet rows;

        Cursor(int number, PreparedStatement statement) {
            this.number = number;
            this.statement = statement;
        }
    }

    /**
     * What the driver asks to do with a statement.
     *
     * @param options what to do, as bits
     * @param cursor the number of a statement that is known already, or 0
     * @param sql of a new statement, or an empty text
     * @param rows how many to fetch at the most
     */
    private record Request(int options, int cursor, String sql, int rows, Object[] parameters) {}

    private Request readRequest() throws IOException {
        int options = in.number();
        int cursor = in.number();
        in.skip(1);
        int sqlLength = in.number();
        in.skip(1);
        int settings = in.number();
        in.skip(2);
        in.skipNumbers(1);
        int rows = in.number();
        in.skipNumbers(1);
        in.skip(1);
        int parameters = in.number();
        in.skip(6);
        int defined = in.number();
        skipRest();
        String sql = new String(in.bytes(sqlLength), StandardCharsets.UTF_8);
        in.skipNumbers(settings);
        int[] types = new int[parameters];
        for (int i = 0; i < parameters; i++) {
            types[i] = readType();
        }
        for (int i = 0; i < defined; i++) {
            readType();
        }
        Object[] values = new Object[parameters];
        if (parameters > 0) {
            in.skip(1);
        }
        for (int i = 0; i < parameters; i++) {
            values[i] = OracleValues.decode(types[i], in.sized());
        }
        return new Request(options, cursor, sql, rows, values);
    }

    /** What is for notifications, PL/SQL, batches and statement ids. Single bytes say whether something follows. */
    private void skipRest() throws IOException {
        in.skipNumbers(1);
        in.skip(3);
        in.skipNumbers(1);
        in.skip(1);
        in.skipNumbers(2);
        in.skip(1);
        in.skipNumbers(1);
        in.skip(2);
        in.skipNumbers(1);
        in.skip(1);
        in.skipNumbers(1);
        in.skip(2);
        in.skipNumbers(1);
    }

    /** {@return the type of a parameter or a column} */
    private int readType() throws IOException {
        int type = in.u8();
        in.skip(3);
        in.skipNumbers(3);
        in.optional();
        in.skipNumbers(2);
        in.skip(1);
        in.skipNumbers(2);
        return type;
    }

    void execute(TtcWriter answer) throws IOException {
        Request request = readRequest();
        if (request.sql().equals(SLEEP)) {
            connection.awaitBreak();
            answer.error("ORA-01013: user requested cancel of current operation", 0, 0);
            return;
        }
        try {
            Cursor cursor = request.sql().isEmpty() ? cursors.get(request.cursor()) : prepare(request.sql());
            if ((request.options() & EXECUTE) != 0) {
                run(cursor, request.parameters());
                describe(cursor, answer);
            }
            if ((request.options() & FETCH) != 0) {
                fetch(cursor, request.rows(), answer);
            } else {
                answer.done(cursor.number, 0);
            }
        } catch (SQLException e) {
            fail(e, answer);
        }
    }

    void fetch(TtcWriter answer) throws IOException {
        int cursor = in.number();
        int rows = in.number();
        try {
            fetch(cursors.get(cursor), rows, answer);
        } catch (SQLException e) {
            fail(e, answer);
        }
    }

    /** Cancels cursors or closes them. */
    void forget(boolean closed) throws IOException {
        in.skip(1);
        for (int left = in.number(); left > 0; left--) {
            int number = in.number();
            if (closed) {
                cursors.remove(number);
            }
        }
    }

    private static void fail(SQLException failure, TtcWriter answer) {
        boolean missing = failure.getErrorCode() == ErrorCode.TABLE_OR_VIEW_NOT_FOUND_1
                || failure.getErrorCode() == ErrorCode.TABLE_OR_VIEW_NOT_FOUND_DATABASE_EMPTY_1;
        String message =
                missing ? "ORA-00942: table or view does not exist" : "ORA-00900: H2 says: " + failure.getMessage();
        answer.error(message, 0, 0);
    }

    private Cursor prepare(String sql) throws SQLException {
        int number = cursors.keySet().stream().mapToInt(Integer::intValue).max().orElse(0) + 1;
        Cursor cursor = new Cursor(number, database.prepareStatement(sql.replaceAll(":[0-9]+ ", "? ")));
        cursors.put(number, cursor);
        return cursor;
    }

    private static void run(Cursor cursor, Object[] parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            cursor.statement.setObject(i + 1, parameters[i]);
        }
        cursor.rows = cursor.statement.executeQuery();
        ResultSetMetaData meta = cursor.rows.getMetaData();
        cursor.types = new int[meta.getColumnCount()];
        for (int i = 0; i < cursor.types.length; i++) {
            cursor.types[i] = OracleValues.type(meta.getColumnType(i + 1));
        }
    }

    private static void describe(Cursor cursor, TtcWriter answer) throws SQLException {
        ResultSetMetaData meta = cursor.rows.getMetaData();
        answer.u8(DESCRIBE).u8(0).numbers(0, cursor.types.length).u8(0);
        for (int i = 0; i < cursor.types.length; i++) {
            int type = cursor.types[i];
            boolean text = type == OracleValues.VARCHAR2;
            answer.u8(type).u8(0).u8(0);
            if (type == OracleValues.NUMBER) {
                answer.u8(NO_SCALE[0]).u8(NO_SCALE[1]);
            } else {
                answer.u8(0);
            }
            answer.numbers(OracleValues.size(type), 0, 0, 0, 0, text ? UTF_8 : 0)
                    .u8(text ? 1 : 0);
            answer.numbers(text ? OracleValues.size(type) : 0, 0).u8(1).u8(0);
            answer.optional(meta.getColumnLabel(i + 1)).numbers(0, 0, i + 1, 0);
        }
        answer.numbers(0, 0, 0, 0, 0, 0);
        // the cursor is the third of six numbers; then come none of three other things
        answer.u8(TtcWriter.PARAMETERS).numbers(6, 0, 0, cursor.number, 0, 0, 0).numbers(0, 0, 0);
    }

    private static void fetch(Cursor cursor, int most, TtcWriter answer) throws SQLException {
        answer.u8(ROW_HEADER).u8(0).numbers(cursor.types.length, 0, most, 0, 0, 0);
        for (int i = 0; i < most; i++) {
            if (!cursor.rows.next()) {
                answer.error("ORA-01403: no data found", cursor.number, i);
                return;
            }
            answer.u8(ROW);
            for (int column = 0; column < cursor.types.length; column++) {
                answer.sized(OracleValues.encode(cursor.rows, column + 1, cursor.types[column]));
            }
        }
        answer.done(cursor.number, most);
    }

    @Override
    public void close() throws SQLException {
        database.close();
    }
}
