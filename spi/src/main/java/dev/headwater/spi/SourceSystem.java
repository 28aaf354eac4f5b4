package dev.headwater.spi;

import java.util.List;

/** The systems whose config keys Headwater reads as they stand. */
public enum SourceSystem {
    /** Chalk: upper-case keys such as {@code PGHOST}, all values text. */
    CHALK("Chalk"),
    /** DataBrain: the {@code credentials} object of its data source API, which also holds the {@code name}. */
    DATABRAIN("DataBrain"),
    /** Basedash: the flat body of its create call, which also says what is created and how it is shown. */
    BASEDASH("Basedash");

    private final String label;

    SourceSystem(String label) {
        this.label = label;
    }

    /** {@return its name as people write it} */
    public String label() {
        return label;
    }

    /** {@return the keys that stand among its config keys and are about the data source itself, not its config} */
    public List<String> envelopeKeys() {
        return switch (this) {
            case CHALK -> List.of();
            case DATABRAIN -> List.of("name");
            case BASEDASH -> List.of("type", "dialect", "displayName");
        };
    }
}
