package dev.headwater.core.internal.kind;

/** The stable codes of violations and warnings. */
final class Codes {

    static final String REQUIRED = "required";
    static final String NOT_ALLOWED = "not-allowed";
    static final String EXACTLY_ONE = "exactly-one";
    static final String AT_LEAST_ONE = "at-least-one";
    static final String AT_MOST_ONE = "at-most-one";
    static final String ALL_OR_NONE = "all-or-none";
    static final String UNKNOWN_KIND = "unknown-kind";
    static final String UNKNOWN_FIELD = "unknown-field";
    static final String UNKNOWN_PROPERTY = "unknown-property";
    static final String WRONG_KIND = "wrong-kind";
    static final String GIVEN_TWICE = "given-twice";
    static final String TOO_MANY_KEYS = "too-many-keys";
    static final String TOO_DEEP = "too-deep";
    static final String NOT_TEXT = "not-text";
    static final String NOT_A_NUMBER = "not-a-number";
    static final String NOT_A_BOOLEAN = "not-a-boolean";
    static final String NOT_A_MAP = "not-a-map";
    static final String NOT_ONE_OF = "not-one-of";
    static final String NOT_JSON = "not-json";
    static final String NOT_BASE64 = "not-base64";
    static final String NOT_A_DURATION = "not-a-duration";
    static final String NOT_A_SECRET = "not-a-secret";
    static final String NOT_LINKABLE = "not-linkable";
    static final String OUT_OF_RANGE = "out-of-range";
    static final String EMPTY = "empty";
    static final String TOO_SHORT = "too-short";
    static final String TOO_LONG = "too-long";
    static final String CONTROL_CHARACTER = "control-character";
    static final String MALFORMED = "malformed";
    static final String MASKED_SECRET = "masked-secret";
    static final String SURROUNDING_SPACE = "surrounding-space";

    private Codes() {}
}
