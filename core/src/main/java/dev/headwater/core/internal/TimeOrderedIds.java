package dev.headwater.core.internal;

import dev.headwater.spi.DataSourceId;
import dev.headwater.spi.SecretId;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;

/** Makes ids as UUIDs of version 7 (RFC 9562, section 5.7): unique without asking anybody, and near each other in an index. */
public final class TimeOrderedIds {

    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    public TimeOrderedIds(Clock clock) {
        this.clock = clock;
    }

    public DataSourceId nextDataSource() {
        return new DataSourceId(next());
    }

    public SecretId nextSecret() {
        return new SecretId(next());
    }

    private String next() {
        long high = (clock.millis() << 16) | 0x7000L | (random.nextInt() & 0x0FFFL);
        long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }
}
