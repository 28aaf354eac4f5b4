package dev.headwater.spi;

/** How a secret's text holds the value of a field. */
public enum ValueEncoding {
    /** The text is the value. */
    PLAIN,
    /** The text is the Base64 form (RFC 4648, with or without padding) of the value's UTF-8 bytes. */
    BASE64
}
