package dev.headwater.fakeserver.internal;

import dev.headwater.core.KindCatalog;
import dev.headwater.fakeserver.ConnectionAttempt;
import dev.headwater.fakeserver.ConnectionOutcome;
import dev.headwater.fakeserver.ConnectionTests;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What all faces of one server look at. Safe for use by many threads. */
public final class World {

    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";

    private final Clock clock;
    private final Translator translator;
    private final Tokens tokens;
    private final SplittableRandom random = new SplittableRandom();
    private final Map<String, Scope> scopes = new LinkedHashMap<>();
    private volatile ConnectionTests connectionTests = ConnectionTests.succeed();

    public World(Clock clock, KindCatalog kinds) {
        this.clock = clock;
        this.translator = new Translator(kinds);
        this.tokens = new Tokens(clock);
    }

    public Clock clock() {
        return clock;
    }

    /** {@return the time, to the microsecond} */
    public Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    public Translator translator() {
        return translator;
    }

    public Tokens tokens() {
        return tokens;
    }

    /** Adds a scope; nothing happens if it is there. */
    public synchronized void addScope(String id, String name) {
        scopes.computeIfAbsent(id, any -> new Scope(id, name));
    }

    public synchronized Optional<Scope> scope(String id) {
        return Optional.ofNullable(scopes.get(id));
    }

    /** {@return all scopes, the first one first} */
    public synchronized List<Scope> scopes() {
        return new ArrayList<>(scopes.values());
    }

    /** {@return an id that no data source had} Can stand in a path or query as it is. */
    public synchronized String newId() {
        long high = (random.nextLong() & ~0xF000L) | 0x4000L;
        long low = (random.nextLong() >>> 2) | 0x8000000000000000L;
        return new UUID(high, low).toString();
    }

    /** {@return that many random letters and digits, for tokens} */
    public synchronized String newText(int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return text.toString();
    }

    /** {@return how a connection test ends} Blocks as long as the test that was programmed does. */
    public ConnectionOutcome test(ConnectionAttempt attempt) {
        return connectionTests.test(attempt);
    }

    public void connectionTests(@Nullable ConnectionTests tests) {
        connectionTests = tests == null ? ConnectionTests.succeed() : tests;
    }

    /** Forgets scopes, data sources and tokens. */
    public synchronized void clear() {
        scopes.clear();
        tokens.clear();
    }
}
