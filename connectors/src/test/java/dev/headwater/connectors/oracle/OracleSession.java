package dev.headwater.connectors.oracle;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;

/** One session: what is agreed on at its start, the login, and the calls until the end. */
final class OracleSession {

    private static final int PROTOCOL = 1;
    private static final int TYPES = 2;
    private static final int PIGGYBACK = 17;

    private static final int FETCH = 5;
    private static final int LOG_OFF = 9;
    private static final int COMMIT = 14;
    private static final int ROLLBACK = 15;
    private static final int EXECUTE = 94;
    private static final int CLOSE_CURSORS = 105;
    private static final int CANCEL_CURSORS = 120;
    private static final int PING = 147;

    private static final int UTF_8 = 873;
    private static final int UTF_16 = 2000;

    private final TnsConnection connection;
    private final TtcReader in;
    private final OracleTables tables;

    OracleSession(TnsConnection connection, OracleTables tables) {
        this.connection = connection;
        this.tables = tables;
        in = new TtcReader(connection.messages());
    }

    void serve() throws IOException, SQLException {
        agreeOnProtocol();
        agreeOnTypes();
        String user = new OracleLogin(connection, in).logIn();
        if (user.isEmpty()) {
            return;
        }
        try (OracleStatements statements = new OracleStatements(connection, in, tables.connect(user))) {
            while (call(statements)) {
                // until the driver logs off
            }
        }
    }

    private void agreeOnProtocol() throws IOException {
        in.u8();
        in.skipTerminated();
        in.skipTerminated();
        TtcWriter answer = new TtcWriter(0);
        answer.u8(PROTOCOL).u8(6).u8(0).raw("stub\0".getBytes(StandardCharsets.US_ASCII));
        answer.u16LittleEndian(UTF_8).u8(1).u16LittleEndian(0);
        answer.u16(11).raw(new byte[9]).u16(UTF_16);
        answer.sized(capabilities()).sized(new byte[] {2, 0, 0, 0, 0, 0, 0});
        connection.send(answer.bytes());
    }

    private static byte[] capabilities() {
        byte[] capabilities = new byte[42];
        // logins by O5LOGON, with long names and passwords
        capabilities[4] = (byte) (2 | 8 | 0x20 | 0x40 | 0x80);
        // the fields of messages are those of 19c
        capabilities[7] = 12;
        // a status at the end of calls
        capabilities[15] = 1;
        // numbers of calls
        capabilities[16] = 0x10;
        // types have numbers of two bytes
        capabilities[27] = 1;
        // chunks have lengths of four bytes
        capabilities[37] = 0x20;
        return capabilities;
    }

    /** Every type is sent as the driver proposes. */
    private void agreeOnTypes() throws IOException {
        in.skip(6);
        in.sized();
        in.sized();
        TtcWriter answer = new TtcWriter(0).u8(TYPES);
        for (int type = in.u16(); type != 0; type = in.u16()) {
            int sentAs = in.u16();
            answer.u16(type).u16(sentAs);
            if (sentAs != 0) {
                answer.raw(in.bytes(4));
            }
        }
        connection.send(answer.u16(0).bytes());
    }

    /** {@return whether the session goes on} */
    private boolean call(OracleStatements statements) throws IOException {
        int type = in.u8();
        int function = in.u8();
        TtcWriter answer = new TtcWriter(in.u8());
        if (type == PIGGYBACK) {
            piggyback(function, statements);
            return true;
        }
        switch (function) {
            case EXECUTE -> statements.execute(answer);
            case FETCH -> statements.fetch(answer);
            case COMMIT, ROLLBACK, PING, LOG_OFF -> answer.status();
            default -> throw new IllegalStateException("a call of function " + function);
        }
        connection.send(answer.bytes());
        return function != LOG_OFF;
    }

    /** What comes along with a call, and has no answer. */
    private void piggyback(int function, OracleStatements statements) throws IOException {
        switch (function) {
            case CANCEL_CURSORS -> statements.forget(false);
            case CLOSE_CURSORS -> statements.forget(true);
            default -> throw new IllegalStateException("a piggyback of function " + function);
        }
    }
}
