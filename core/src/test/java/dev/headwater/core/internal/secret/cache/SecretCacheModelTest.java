package dev.headwater.core.internal.secret.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.core.SecretCacheSettings;
import dev.headwater.spi.SecretStoreException;
import dev.headwater.spi.SecretStoreException.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import net.jqwik.api.statistics.StatisticsReport.StatisticsReportMode;

/** The cache against a model that only remembers what the store held when, and when it was down. */
@Label("Whatever happens to a secret and its store")
class SecretCacheModelTest {

    private static final SecretCacheSettings SETTINGS = SecretCacheSettings.defaults();
    private static final long FRESH = SETTINGS.freshFor().toMillis();
    private static final long USABLE = FRESH + SETTINGS.staleFor().toMillis();
    private static final long MISSING = SETTINGS.missingFor().toMillis();

    /** After that time without an outage, the cache behaves as if there had never been one. */
    private static final long RECOVERED = 2 * Timing.MAX_BACKOFF;

    enum Kind {
        ROTATE,
        DELETE,
        OUTAGE,
        RECOVER,
        ADVANCE,
        READ,
        REJECT
    }

    record Step(Kind kind, int seconds) {}

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Kind> kinds = Arbitraries.frequency(
                Tuple.of(2, Kind.ROTATE),
                Tuple.of(1, Kind.DELETE),
                Tuple.of(1, Kind.OUTAGE),
                Tuple.of(1, Kind.RECOVER),
                Tuple.of(5, Kind.ADVANCE),
                Tuple.of(5, Kind.READ),
                Tuple.of(1, Kind.REJECT));
        Arbitrary<Integer> seconds = Arbitraries.oneOf(
                Arbitraries.integers().between(0, 15),
                Arbitraries.integers().between(0, 400),
                Arbitraries.integers().between(0, 5_000));
        return Combinators.combine(kinds, seconds)
                .as(Step::new)
                .list()
                .ofMinSize(5)
                .ofMaxSize(80);
    }

    @Property(tries = 2_000)
    @StatisticsReport(StatisticsReportMode.OFF)
    @Label("a value that is served was current within the bound, and an error tells what was so within the bound")
    void bounds(@ForAll("steps") List<Step> steps, @ForAll boolean watched) {
        try (CacheFixture fixture = CacheFixture.direct()) {
            Model model = new Model(fixture);
            if (watched) {
                fixture.watch("db");
            }
            for (Step step : steps) {
                switch (step.kind()) {
                    case ROTATE -> model.rotate();
                    case DELETE -> model.delete();
                    case OUTAGE -> model.outage();
                    case RECOVER -> model.recover();
                    case ADVANCE -> model.advance(step.seconds());
                    case READ -> model.read();
                    case REJECT -> model.reject();
                }
            }
            model.checkCost();
        }
        Statistics.label("read").coverage(coverage -> {
            coverage.check("a value").percentage(percent -> percent > 30);
            coverage.check(Reason.NOT_FOUND).percentage(percent -> percent > 3);
            coverage.check(Reason.UNAVAILABLE).percentage(percent -> percent > 3);
        });
    }

    private static final class Model {

        /** What the store held from then on; null for nothing. */
        private record Held(String value, long from) {}

        private final CacheFixture fixture;
        private final List<Held> history = new ArrayList<>();
        private long downSince = Long.MAX_VALUE;
        private long upSince = Long.MIN_VALUE / 2;
        private int rotations;
        private int asked;
        private String served = "none";

        Model(CacheFixture fixture) {
            this.fixture = fixture;
            history.add(new Held(null, now()));
            rotate();
        }

        void rotate() {
            String value = "v" + ++rotations;
            fixture.store.set("db", value);
            history.add(new Held(value, now()));
        }

        void delete() {
            fixture.store.remove("db");
            history.add(new Held(null, now()));
        }

        void outage() {
            fixture.store.fail(Reason.UNAVAILABLE);
            if (!isDown()) {
                downSince = now();
            }
        }

        void recover() {
            fixture.store.recover();
            if (isDown()) {
                upSince = now();
                downSince = Long.MAX_VALUE;
            }
        }

        void advance(int seconds) {
            asked++; // the background work may fetch once
            fixture.advance(Duration.ofSeconds(seconds));
        }

        void read() {
            asked++;
            try {
                served = fixture.read("db");
                boolean wellForLong = !isDown() && now() - upSince > RECOVERED;
                long bound = wellForLong ? FRESH : USABLE;
                assertThat(heldSince(served, now() - bound))
                        .as("%s was current in the last %d s", served, bound / 1_000)
                        .isTrue();
                Statistics.label("read").collect("a value");
            } catch (SecretStoreException e) {
                if (e.reason() == Reason.NOT_FOUND) {
                    assertThat(heldSince(null, now() - MISSING))
                            .as("was missing")
                            .isTrue();
                } else {
                    assertThat(e.reason()).isEqualTo(Reason.UNAVAILABLE);
                    assertThat(isDown() || now() - upSince <= Timing.MAX_BACKOFF)
                            .as("was down")
                            .isTrue();
                }
                Statistics.label("read").collect(e.reason());
            }
        }

        void reject() {
            asked++;
            boolean changed = fixture.reject("db", served);
            if (changed) {
                String before = served;
                read();
                assertThat(served).isNotEqualTo(before);
            }
        }

        /** Never more fetches than there were occasions. */
        void checkCost() {
            assertThat(fixture.store.fetches()).isLessThanOrEqualTo(asked);
        }

        private boolean heldSince(String value, long since) {
            for (int i = 0; i < history.size(); i++) {
                long until = i + 1 < history.size() ? history.get(i + 1).from() : Long.MAX_VALUE;
                String held = history.get(i).value();
                if (until >= since && (held == null ? value == null : held.equals(value))) {
                    return true;
                }
            }
            return false;
        }

        private boolean isDown() {
            return downSince != Long.MAX_VALUE;
        }

        private long now() {
            return fixture.clock.millis();
        }
    }
}
