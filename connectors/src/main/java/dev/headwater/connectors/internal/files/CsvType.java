package dev.headwater.connectors.internal.files;

import dev.headwater.spi.ColumnSchema.CanonicalType;
import java.util.Locale;
import java.util.regex.Pattern;

/** What a field of a CSV file can be taken for. */
enum CsvType {
    BOOLEAN(CanonicalType.BOOLEAN, "(?i:true|false)"),
    /** Without leading zeros: those are codes. */
    INTEGER(CanonicalType.INTEGER, "-?(0|[1-9][0-9]{0,17})"),
    DECIMAL(CanonicalType.DECIMAL, "-?(0|[1-9][0-9]*)\\.[0-9]+([eE][+-]?[0-9]{1,3})?"),
    DATE(CanonicalType.DATE, "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"),
    TIMESTAMP(
            CanonicalType.TIMESTAMP,
            "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.,][0-9]{1,9})?)?"),
    TIMESTAMP_WITH_ZONE(
            CanonicalType.TIMESTAMP_WITH_ZONE,
            "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.,][0-9]{1,9})?)?"
                    + " ?(Z|[+-][0-9]{2}(:?[0-9]{2})?)"),
    TEXT(CanonicalType.TEXT, "(?s:.*)");

    private final CanonicalType canonical;
    private final Pattern pattern;

    CsvType(CanonicalType canonical, String pattern) {
        this.canonical = canonical;
        this.pattern = Pattern.compile(pattern);
    }

    static CsvType of(String value) {
        for (CsvType type : values()) {
            if (type.pattern.matcher(value).matches()) {
                return type;
            }
        }
        return TEXT;
    }

    /** {@return the type of a column that has values of both} */
    CsvType with(CsvType other) {
        if (this == other) {
            return this;
        }
        boolean numbers = (this == INTEGER || this == DECIMAL) && (other == INTEGER || other == DECIMAL);
        return numbers ? DECIMAL : TEXT;
    }

    CanonicalType canonical() {
        return canonical;
    }

    String nativeName() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
