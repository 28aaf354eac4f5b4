package dev.headwater.connectors.clickhouse;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes rows in ClickHouse's format RowBinaryWithNamesAndTypes, as far as {@code String}, {@code UInt8}, {@code UInt64} and
 * {@code Nullable} of them: https://clickhouse.com/docs/interfaces/formats/RowBinaryWithNamesAndTypes.
 */
final class RowBinary {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final List<String> types;

    RowBinary(List<String> types) {
        this.types = types;
        number(types.size());
        for (int i = 0; i < types.size(); i++) {
            text("c" + i);
        }
        types.forEach(this::text);
    }

    RowBinary row(Object... values) {
        for (int i = 0; i < values.length; i++) {
            String type = types.get(i);
            Object value = values[i];
            if (type.startsWith("Nullable(")) {
                out.write(value == null ? 1 : 0);
                type = type.substring("Nullable(".length(), type.length() - 1);
            }
            if (value != null) {
                value(type, value);
            }
        }
        return this;
    }

    private void value(String type, Object value) {
        switch (type) {
            case "String" -> text((String) value);
            case "UInt8" -> out.write(((Number) value).intValue());
            case "UInt64" -> {
                long number = ((Number) value).longValue();
                for (int i = 0; i < Long.BYTES; i++) {
                    out.write((int) (number >>> (8 * i)));
                }
            }
            default -> throw new IllegalArgumentException(type);
        }
    }

    private void text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        number(bytes.length);
        out.writeBytes(bytes);
    }

    /** Seven bits a byte, the lowest first. */
    private void number(int number) {
        int left = number;
        while (left > 0x7f) {
            out.write(left & 0x7f | 0x80);
            left >>>= 7;
        }
        out.write(left);
    }

    byte[] bytes() {
        return out.toByteArray();
    }
}
