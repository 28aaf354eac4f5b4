package dev.headwater.connectors.internal.mongodb;

import java.io.IOException;

/** What answers does not speak MongoDB's protocol. */
final class NotMongoException extends IOException {

    private static final long serialVersionUID = 1L;

    NotMongoException(String message) {
        super(message);
    }
}
