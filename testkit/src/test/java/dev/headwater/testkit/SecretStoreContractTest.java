package dev.headwater.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.headwater.spi.SecretStore;
import dev.headwater.spi.SecretStoreException;
import dev.headwater.spi.SecretStoreException.Reason;
import dev.headwater.spi.SecretValue;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

@DisplayName("The contract of secret stores finds a store that")
class SecretStoreContractTest {

    static Stream<Arguments> broken() {
        return Stream.of(
                Arguments.of(
                        "trims what it is given",
                        Trims.class,
                        "noReferences()",
                        "the reference that the refusal names"),
                Arguments.of(
                        "takes any scope", AnyScope.class, "otherScopes()", "refusal of <memory://other/secrets/db>"),
                Arguments.of(
                        "drops a version",
                        DropsVersions.class,
                        "versions()",
                        "refusal of <memory://test/secrets/db/versions/1>"),
                Arguments.of("keeps an old value", Caches.class, "rotated()", "the value after a rotation"),
                Arguments.of("trims values", TrimsValues.class, "exact()", "the value, to the last character"),
                Arguments.of("says not found for all", NotFound.class, "denied()", "reason for db"),
                Arguments.of("tells the secret", Tells.class, "disabled()", "a planted secret stands in the trace"),
                Arguments.of(
                        "says no to what it can do",
                        SaysNo.class,
                        "disabled()",
                        "says that it cannot do this, and the test shows how"),
                Arguments.of(
                        "takes two secrets for one",
                        OneIdentity.class,
                        "identity()",
                        "the value of dbb, fetched by its identity"),
                Arguments.of("does not close twice", ClosesOnce.class, "closing()", "closing twice"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("broken")
    @DisplayName("is not right, and says what is wrong")
    void finds(String what, Class<?> contract, String test, String told) {
        Events tests = run(contract);

        assertThat(tests.failed().stream()).anySatisfy(event -> {
            assertThat(event.getTestDescriptor().getLegacyReportingName()).isEqualTo(test);
            assertThat(event.getPayload(TestExecutionResult.class)
                            .flatMap(TestExecutionResult::getThrowable)
                            .map(Throwable::getMessage))
                    .hasValueSatisfying(message -> assertThat(message).contains(told));
        });
    }

    @Test
    @DisplayName("is right, and leaves it alone")
    void right() {
        Events tests = run(Right.class);

        assertThat(tests.started().count()).isEqualTo(15);
        assertThat(tests.succeeded().count()).isEqualTo(15);
    }

    private static Events run(Class<?> contract) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(contract))
                .execute()
                .testEvents();
    }

    /** What the broken ones break. */
    static class Right extends SecretStoreContract {

        final InMemorySecretStore secrets = new InMemorySecretStore();

        @Override
        protected SecretStore store() {
            return secrets;
        }

        @Override
        protected void put(String name, String value) {
            secrets.set(name, value);
        }

        @Override
        protected void disable(String name) {
            secrets.fail(name, Reason.DISABLED);
        }

        @Override
        protected void deny(String name) {
            secrets.fail(name, Reason.ACCESS_DENIED);
        }

        @Override
        protected SecretStore unreachable() {
            InMemorySecretStore store = new InMemorySecretStore();
            store.failAll(Reason.UNAVAILABLE);
            return store;
        }

        @Override
        protected Map<String, String> identifiers() {
            return Map.of("memory://test/secrets/db", "db");
        }

        @Override
        protected List<String> identifiersElsewhere() {
            return List.of("memory://other/secrets/db");
        }

        @Override
        protected List<String> pinnedVersions() {
            return List.of("memory://test/secrets/db/versions/1");
        }
    }

    static final class Trims extends Right {

        @Override
        protected SecretStore store() {
            return new Wrapped(secrets) {
                @Override
                public String normalize(String reference) {
                    return super.normalize(reference.strip());
                }
            };
        }
    }

    static final class AnyScope extends Right {

        @Override
        protected SecretStore store() {
            return new Wrapped(secrets) {
                @Override
                public String normalize(String reference) {
                    return super.normalize(reference.replace("//other/", "//test/"));
                }
            };
        }
    }

    static final class DropsVersions extends Right {

        @Override
        protected SecretStore store() {
            return new Wrapped(secrets) {
                @Override
                public String normalize(String reference) {
                    return super.normalize(reference.replaceAll("/versions/[0-9]+$", ""));
                }
            };
        }
    }

    static final class Caches extends Right {

        @Override
        protected SecretStore store() {
            Map<String, SecretValue> cache = new ConcurrentHashMap<>();
            return new Wrapped(secrets) {
                @Override
                public SecretValue fetchLatest(String name) {
                    return cache.computeIfAbsent(name, super::fetchLatest);
                }
            };
        }
    }

    static final class TrimsValues extends Right {

        @Override
        protected SecretStore store() {
            return new Wrapped(secrets) {
                @Override
                public SecretValue fetchLatest(String name) {
                    return SecretValue.of(super.fetchLatest(name).reveal().strip());
                }
            };
        }
    }

    static final class NotFound extends Right {

        @Override
        protected void deny(String name) {
            secrets.delete(name);
        }
    }

    static final class Tells extends Right {

        private String last = "";

        @Override
        protected void put(String name, String value) {
            last = value;
            super.put(name, value);
        }

        @Override
        protected SecretStore store() {
            return new Wrapped(secrets) {
                @Override
                public SecretValue fetchLatest(String name) {
                    try {
                        return super.fetchLatest(name);
                    } catch (SecretStoreException e) {
                        throw new SecretStoreException(
                                e.reason(), name, String.valueOf(e.getMessage()), new IllegalStateException(last));
                    }
                }
            };
        }
    }

    static final class SaysNo extends Right {

        @Override
        protected boolean canDisable() {
            return false;
        }
    }

    static final class OneIdentity extends Right {

        @Override
        protected SecretStore store() {
            return new Wrapped(secrets) {
                @Override
                public String identity(String name) {
                    return name.substring(0, 2);
                }
            };
        }
    }

    static final class ClosesOnce extends Right {

        @Override
        protected SecretStore store() {
            return new Wrapped(secrets) {
                private boolean closed;

                @Override
                public void close() {
                    if (closed) {
                        throw new IllegalStateException("closed");
                    }
                    closed = true;
                }
            };
        }
    }

    private static class Wrapped implements SecretStore {

        private final SecretStore store;

        Wrapped(SecretStore store) {
            this.store = store;
        }

        @Override
        public String description() {
            return store.description();
        }

        @Override
        public String normalize(String reference) {
            return store.normalize(reference);
        }

        @Override
        public SecretValue fetchLatest(String name) {
            return store.fetchLatest(name);
        }

        @Override
        public void close() {
            store.close();
        }
    }
}
