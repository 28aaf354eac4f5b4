package dev.headwater.fakeserver.internal;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server's log, apart from what uses it: a log takes longer to set up than the server to start, and most need none. */
final class ServerLog {

    static final Logger LOG = LoggerFactory.getLogger(HttpFront.class);

    private ServerLog() {}
}
