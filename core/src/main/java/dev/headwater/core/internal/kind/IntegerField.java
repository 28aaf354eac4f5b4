package dev.headwater.core.internal.kind;

import dev.headwater.spi.Constraint;
import dev.headwater.spi.FieldDefinition;
import dev.headwater.spi.SecretValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** A whole number: a number, or its decimal digits as text. */
final class IntegerField extends CompiledField {

    private static final int MOST_DIGITS = 18;

    private final long min;
    private final long max;
    private final String expected;

    IntegerField(FieldDefinition definition) {
        super(definition);
        Constraint.Range range = definition
                .constraint(Constraint.Range.class)
                .orElse(new Constraint.Range(Long.MIN_VALUE, Long.MAX_VALUE));
        min = range.min();
        max = range.max();
        expected = " must be a whole number"
                + (min == Long.MIN_VALUE
                        ? max == Long.MAX_VALUE ? "" : " of at most " + max
                        : max == Long.MAX_VALUE ? " of at least " + min : " from " + min + " to " + max);
    }

    @Override
    Object read(Object given, String key, Findings findings) {
        if (given instanceof SecretValue) {
            textOf(given, key, findings);
            return PRESENT;
        }
        Long number = number(given);
        if (number == null) {
            return refuse(findings, key, Codes.NOT_A_NUMBER, expected, given);
        }
        if (number < min || number > max) {
            return refuse(findings, key, Codes.OUT_OF_RANGE, expected, given);
        }
        return number;
    }

    static @Nullable Long number(Object given) {
        if (given instanceof Integer number) {
            return number.longValue();
        } else if (given instanceof Long number) {
            return number;
        } else if (given instanceof String text) {
            return digits(text);
        } else if (given instanceof Short || given instanceof Byte) {
            return ((Number) given).longValue();
        } else if (given instanceof Double || given instanceof Float) {
            // JSON readers that know one type of number give 5432.0
            double value = ((Number) given).doubleValue();
            return value == Math.rint(value) && Math.abs(value) <= 1L << 53 ? (Long) (long) value : null;
        } else if (given instanceof BigInteger || given instanceof BigDecimal) {
            try {
                return new BigDecimal(given.toString()).longValueExact();
            } catch (ArithmeticException e) {
                return null;
            }
        }
        return null;
    }

    private static @Nullable Long digits(String text) {
        int length = text.length();
        boolean negative = length > 0 && text.charAt(0) == '-';
        int from = negative ? 1 : 0;
        if (length == from || length - from > MOST_DIGITS) {
            return null;
        }
        long value = 0;
        for (int i = from; i < length; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return null;
            }
            value = value * 10 + digit;
        }
        return negative ? -value : value;
    }
}
