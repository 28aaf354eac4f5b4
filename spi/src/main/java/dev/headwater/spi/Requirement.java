package dev.headwater.spi;

/** Whether one of the three systems wants a field. Headwater's own requirements are in the field and the rules. */
public enum Requirement {
    /** It refuses a config without the field. */
    REQUIRED,
    /** It depends on other fields. */
    CONDITIONAL,
    /** The field may be left out. */
    OPTIONAL,
    /** Its documents or clients use the field; whether its server insists is not known. */
    EXPECTED
}
