package dev.headwater.connectors.internal.http;

import java.io.IOException;

/** A server sent more than can be taken. */
public final class AnswerTooLongException extends IOException {

    private static final long serialVersionUID = 1L;

    AnswerTooLongException(long maxBytes) {
        super("the answer is longer than " + maxBytes + " bytes");
    }
}
