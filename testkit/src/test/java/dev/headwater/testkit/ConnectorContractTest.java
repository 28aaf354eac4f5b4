package dev.headwater.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.headwater.spi.Connector;
import dev.headwater.spi.SecretValue;
import dev.headwater.spi.TableSchema;
import dev.headwater.testkit.ToyConnector.Defect;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;

@DisplayName("The contract of connectors")
class ConnectorContractTest {

    /** What the author reads: the name of each test that failed, and its message. */
    private static List<String> told(Class<?> contract) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(contract))
                .execute()
                .testEvents()
                .failed()
                .stream()
                .map(event -> event.getTestDescriptor().getDisplayName() + "\n"
                        + event.getPayload(TestExecutionResult.class)
                                .flatMap(TestExecutionResult::getThrowable)
                                .map(Throwable::getMessage)
                                .orElse(""))
                .toList();
    }

    @Test
    @DisplayName("passes a connector that is right")
    void right() {
        assertThat(told(Right.class)).isEmpty();
    }

    @TestFactory
    @DisplayName("finds what is wrong with a connector, and says it")
    Stream<DynamicTest> wrong() {
        Map<Class<?>, String> wrong = Map.ofEntries(
                Map.entry(TellsSecret.class, "the trace of the failure, in which the secret must not stand"),
                Map.entry(IgnoresPolicy.class, "goes nowhere where the policy does not allow it"),
                Map.entry(IgnoresLimit.class, "reads no more tables than asked for"),
                Map.entry(IgnoresCancel.class, "does not begin what is cancelled already"),
                Map.entry(CodesAllAlike.class, "gives up on a silent server when its time is up"),
                Map.entry(SwallowsExtraProperties.class, "what it throws at an extra property that it does not know"),
                Map.entry(ClosesOnce.class, "closing the session twice"),
                Map.entry(ReadsTwice.class, "reads its tables"),
                Map.entry(
                        SaysNoCredentials.class, "values of the working config, which is said to have no credentials"),
                Map.entry(SaysNoDatabase.class, "where there is said to be no such thing"),
                Map.entry(SaysNoNetwork.class, "opening without a network, which the kind is said not to have"));
        return wrong.entrySet().stream()
                .map(entry -> dynamicTest(
                        entry.getKey().getSimpleName(),
                        () -> assertThat(told(entry.getKey()))
                                .anySatisfy(told -> assertThat(told).contains(entry.getValue()))));
    }

    /** The contract of a toy with one defect. */
    abstract static class ToyContract extends ConnectorContract {

        private final Connector connector;

        ToyContract(Defect defect) {
            connector = new ToyConnector(defect);
        }

        @Override
        protected Connector connector() {
            return connector;
        }

        @Override
        protected String kind() {
            return ToyConnector.KIND;
        }

        @Override
        protected Map<String, Object> workingConfig() {
            return Map.of("password", SecretValue.of(ToyConnector.PASSWORD));
        }

        @Override
        protected TableSchema knownTable() {
            return ToyConnector.TABLES.get(0);
        }

        @Override
        protected Optional<Map<String, Object>> wrongCredentials() {
            return Optional.of(Map.of("password", SecretValue.of(WRONG_SECRET)));
        }

        @Override
        protected Optional<Map<String, Object>> missingDatabase() {
            return Optional.empty();
        }

        @Override
        protected Optional<Map<String, Object>> atPort(int port) {
            return Optional.of(Map.of("port", (long) port));
        }
    }

    static final class Right extends ToyContract {
        Right() {
            super(Defect.NONE);
        }
    }

    static final class TellsSecret extends ToyContract {
        TellsSecret() {
            super(Defect.TELLS_SECRET);
        }
    }

    static final class IgnoresPolicy extends ToyContract {
        IgnoresPolicy() {
            super(Defect.IGNORES_POLICY);
        }
    }

    static final class IgnoresLimit extends ToyContract {
        IgnoresLimit() {
            super(Defect.IGNORES_LIMIT);
        }
    }

    static final class IgnoresCancel extends ToyContract {
        IgnoresCancel() {
            super(Defect.IGNORES_CANCEL);
        }
    }

    static final class CodesAllAlike extends ToyContract {
        CodesAllAlike() {
            super(Defect.CODES_ALL_ALIKE);
        }
    }

    static final class SwallowsExtraProperties extends ToyContract {
        SwallowsExtraProperties() {
            super(Defect.SWALLOWS_EXTRA_PROPERTIES);
        }
    }

    static final class ClosesOnce extends ToyContract {
        ClosesOnce() {
            super(Defect.CLOSES_ONCE);
        }
    }

    static final class ReadsTwice extends ToyContract {
        ReadsTwice() {
            super(Defect.READS_TWICE);
        }
    }

    static final class SaysNoCredentials extends ToyContract {
        SaysNoCredentials() {
            super(Defect.NONE);
        }

        @Override
        protected Optional<Map<String, Object>> wrongCredentials() {
            return Optional.empty();
        }
    }

    /** The toy knows a database that is missing, and its author does not say so. */
    static final class SaysNoDatabase extends ToyContract {
        SaysNoDatabase() {
            super(Defect.HAS_DATABASES);
        }
    }

    /** It goes over the network, and its author says that it does not. */
    static final class SaysNoNetwork extends ToyContract {
        SaysNoNetwork() {
            super(Defect.ASKS_ALWAYS);
        }

        @Override
        protected Optional<Map<String, Object>> atPort(int port) {
            return Optional.empty();
        }
    }
}
