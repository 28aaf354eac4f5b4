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
import org.junit.platform.testkit.engine.Event;

@DisplayName("The contract of connectors")
class ConnectorContractTest {

    private static List<String> failedTests(Class<?> contract) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(contract))
                .execute()
                .testEvents()
                .finished()
                .filter(event -> event.getPayload(TestExecutionResult.class)
                        .map(result -> result.getStatus() == TestExecutionResult.Status.FAILED)
                        .orElse(false))
                .map(Event::getTestDescriptor)
                .map(test -> test.getLegacyReportingName().replace("()", ""))
                .toList();
    }

    @Test
    @DisplayName("passes a connector that is right")
    void right() {
        assertThat(failedTests(Right.class)).isEmpty();
    }

    @TestFactory
    @DisplayName("finds what is wrong with a connector")
    Stream<DynamicTest> wrong() {
        Map<Class<?>, String> wrong = Map.of(
                TellsSecret.class, "credentials",
                IgnoresPolicy.class, "policy",
                IgnoresLimit.class, "limits",
                IgnoresCancel.class, "cancelledBefore",
                CodesAllAlike.class, "silence",
                SwallowsExtraProperties.class, "extraProperties",
                ClosesOnce.class, "probes",
                ReadsTwice.class, "reads");
        return wrong.entrySet().stream()
                .map(entry -> dynamicTest(
                        entry.getKey().getSimpleName(),
                        () -> assertThat(failedTests(entry.getKey())).contains(entry.getValue())));
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
}
