package dev.headwater.connectors.oracle;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDateTime;

/** Values as Oracle stores and sends them: numbers, texts, and points in time. Nothing at all is a null. */
final class OracleValues {

    static final int VARCHAR2 = 1;
    static final int NUMBER = 2;
    static final int VARNUM = 6;
    static final int TIMESTAMP = 180;

    /** What the exponent of a number from 1 to 99 is sent as, and the zero. */
    private static final int ONES = 0xc1;

    private static final int ZERO = 0x80;
    private static final int MOST_DIGITS = 20;
    private static final int END = 102;

    private OracleValues() {}

    /** {@return the type in which a column of H2 is sent} */
    static int type(int jdbcType) {
        return switch (jdbcType) {
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT, Types.NUMERIC, Types.DECIMAL -> NUMBER;
            case Types.DATE, Types.TIMESTAMP -> TIMESTAMP;
            default -> VARCHAR2;
        };
    }

    /** {@return how many bytes a value of a type has at the most} */
    static int size(int type) {
        return switch (type) {
            case NUMBER -> 22;
            case TIMESTAMP -> 11;
            default -> 4000;
        };
    }

    static byte[] encode(ResultSet rows, int column, int type) throws SQLException {
        if (rows.getObject(column) == null) {
            return new byte[0];
        }
        return switch (type) {
            case NUMBER -> number(rows.getBigDecimal(column));
            case TIMESTAMP -> timestamp(rows.getObject(column, LocalDateTime.class));
            default -> rows.getString(column).getBytes(StandardCharsets.UTF_8);
        };
    }

    static Object decode(int type, byte[] value) {
        if (value.length == 0) {
            return null;
        }
        return switch (type) {
            case NUMBER, VARNUM -> number(value);
            case VARCHAR2 -> new String(value, StandardCharsets.UTF_8);
            default -> throw new IllegalArgumentException("a parameter of type " + type);
        };
    }

    /**
     * Digits of base 100, each 1 too high, after an exponent of that base. Those of negative numbers are complements and have
     * an end, so that numbers are sorted as their bytes are.
     */
    static byte[] number(BigDecimal value) {
        if (value.signum() == 0) {
            return new byte[] {(byte) ZERO};
        }
        boolean negative = value.signum() < 0;
        BigDecimal whole = value.abs().stripTrailingZeros();
        BigDecimal even = whole.setScale(whole.scale() + Math.floorMod(whole.scale(), 2));
        String digits = even.unscaledValue().toString();
        String pairs = digits.length() % 2 == 0 ? digits : "0" + digits;
        int exponent = pairs.length() / 2 - even.scale() / 2 - 1;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(negative ? ~(ONES + exponent) : ONES + exponent);
        for (int i = 0; i < pairs.length(); i += 2) {
            int digit = Integer.parseInt(pairs.substring(i, i + 2));
            out.write(negative ? 101 - digit : digit + 1);
        }
        if (negative && out.size() <= MOST_DIGITS) {
            out.write(END);
        }
        return out.toByteArray();
    }

    static BigDecimal number(byte[] value) {
        int first = value[0] & 0xff;
        if (first == ZERO) {
            return BigDecimal.ZERO;
        }
        boolean negative = first < ZERO;
        int exponent = (negative ? ~first & 0xff : first) - ONES;
        int end = negative && value[value.length - 1] == END ? value.length - 1 : value.length;
        BigDecimal number = BigDecimal.ZERO;
        for (int i = 1; i < end; i++) {
            int digit = negative ? 101 - value[i] : value[i] - 1;
            number = number.add(BigDecimal.valueOf(digit).scaleByPowerOfTen(2 * (exponent - i + 1)));
        }
        return negative ? number.negate() : number;
    }

    /** Century and year are 100 too high, hours, minutes and seconds 1. */
    private static byte[] timestamp(LocalDateTime value) {
        return ByteBuffer.allocate(11)
                .put((byte) (value.getYear() / 100 + 100))
                .put((byte) (value.getYear() % 100 + 100))
                .put((byte) value.getMonthValue())
                .put((byte) value.getDayOfMonth())
                .put((byte) (value.getHour() + 1))
                .put((byte) (value.getMinute() + 1))
                .put((byte) (value.getSecond() + 1))
                .putInt(value.getNano())
                .array();
    }
}
