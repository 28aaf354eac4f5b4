package dev.headwater.connectors.mssql;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;

/** The tokens that a server answers with, [MS-TDS] 2.2.7. Texts are NVARCHAR, whole numbers INT, and flags BIT. */
final class TdsTokens {

    private static final int INTN = 0x26;
    private static final int BITN = 0x68;
    private static final int NVARCHAR = 0xe7;
    private static final int NULLABLE = 1;
    private static final int NULL_TEXT = 0xffff;
    private static final byte[] COLLATION = {9, 4, (byte) 0xd0, 0, 0x34};

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    byte[] bytes() {
        return out.toByteArray();
    }

    private TdsTokens u8(int value) {
        out.write(value);
        return this;
    }

    private TdsTokens u16(int value) {
        return u8(value).u8(value >> 8);
    }

    private TdsTokens u32(long value) {
        return u16((int) value).u16((int) (value >> 16));
    }

    private TdsTokens text(String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_16LE));
        return this;
    }

    private TdsTokens shortText(String text) {
        return u8(text.length()).text(text);
    }

    TdsTokens loginAck(boolean strict) {
        String name = "Microsoft SQL Server";
        u8(0xad).u16(1 + 4 + 1 + 2 * name.length() + 4).u8(1);
        u8(strict ? 8 : 0x74).u16(0).u8(strict ? 0 : 4);
        return shortText(name).u8(16).u8(0).u8(0x10).u8(0);
    }

    TdsTokens database(String name) {
        u8(0xe3).u16(3 + 2 * name.length()).u8(1);
        return shortText(name).u8(0);
    }

    TdsTokens collation() {
        u8(0xe3).u16(3 + COLLATION.length).u8(7).u8(COLLATION.length);
        out.writeBytes(COLLATION);
        return u8(0);
    }

    TdsTokens error(int number, int severity, String message) {
        String server = "stub";
        u8(0xaa).u16(4 + 2 + 2 + 2 * message.length() + 1 + 2 * server.length() + 1 + 4);
        u32(number).u8(1).u8(severity).u16(message.length()).text(message);
        return shortText(server).u8(0).u32(1);
    }

    TdsTokens returnStatus() {
        return u8(0x79).u32(0);
    }

    /** The handle of a statement that was prepared. */
    TdsTokens handle(int value) {
        return u8(0xac).u16(0)
                .u8(0)
                .u8(1)
                .u32(0)
                .u16(NULLABLE)
                .u8(INTN)
                .u8(4)
                .u8(4)
                .u32(value);
    }

    /** @param status 0 for the end, 2 after an error, 0x20 as the answer to a cancel */
    TdsTokens done(int status) {
        return u8(0xfd).u16(status).u16(0).u32(0).u32(0);
    }

    TdsTokens doneProcedure() {
        return u8(0xfe).u16(0).u16(0).u32(0).u32(0);
    }

    TdsTokens rows(ResultSet rows) throws SQLException {
        ResultSetMetaData meta = rows.getMetaData();
        int count = meta.getColumnCount();
        int[] types = new int[count];
        u8(0x81).u16(count);
        for (int i = 0; i < count; i++) {
            types[i] = type(meta.getColumnType(i + 1));
            u32(0).u16(NULLABLE).u8(types[i]);
            if (types[i] == NVARCHAR) {
                u16(8000);
                out.writeBytes(COLLATION);
            } else {
                u8(types[i] == BITN ? 1 : 4);
            }
            shortText(meta.getColumnLabel(i + 1));
        }
        while (rows.next()) {
            u8(0xd1);
            for (int i = 0; i < count; i++) {
                value(types[i], rows, i + 1);
            }
        }
        return this;
    }

    private static int type(int jdbcType) {
        return switch (jdbcType) {
            case Types.BOOLEAN, Types.BIT -> BITN;
            case Types.INTEGER, Types.SMALLINT, Types.TINYINT, Types.BIGINT -> INTN;
            default -> NVARCHAR;
        };
    }

    private void value(int type, ResultSet rows, int column) throws SQLException {
        if (rows.getObject(column) == null) {
            if (type == NVARCHAR) {
                u16(NULL_TEXT);
            } else {
                u8(0);
            }
        } else if (type == NVARCHAR) {
            String value = rows.getString(column);
            u16(2 * value.length()).text(value);
        } else if (type == BITN) {
            u8(1).u8(rows.getBoolean(column) ? 1 : 0);
        } else {
            u8(4).u32(rows.getInt(column));
        }
    }

    /** The parameters of a call of a procedure, [MS-TDS] 2.2.6.6: texts and whole numbers. */
    static Object parameter(ByteBuffer in) {
        int nameLength = in.get() & 0xff;
        in.position(in.position() + 2 * nameLength + 1);
        int type = in.get() & 0xff;
        if (type == INTN) {
            in.get();
            int length = in.get();
            return length == 0 ? null : length == 8 ? in.getLong() : length == 4 ? (long) in.getInt() : (long) in.get();
        } else if (type != NVARCHAR) {
            throw new IllegalArgumentException("a parameter of type " + type);
        }
        boolean chunked = (in.getShort() & 0xffff) == NULL_TEXT;
        in.position(in.position() + COLLATION.length);
        if (!chunked) {
            int length = in.getShort() & 0xffff;
            return length == NULL_TEXT ? null : text(in, length);
        }
        in.getLong();
        StringBuilder whole = new StringBuilder();
        for (int length = in.getInt(); length > 0; length = in.getInt()) {
            whole.append(text(in, length));
        }
        return whole.toString();
    }

    static String text(ByteBuffer in, int bytes) {
        byte[] text = new byte[bytes];
        in.order(ByteOrder.LITTLE_ENDIAN).get(text);
        return new String(text, StandardCharsets.UTF_16LE);
    }
}
