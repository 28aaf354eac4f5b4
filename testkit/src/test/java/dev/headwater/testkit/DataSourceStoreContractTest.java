package dev.headwater.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.headwater.spi.DataSourceStore;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

@DisplayName("The contract of stores")
class DataSourceStoreContractTest {

    /** Run by the test below only; by itself it has no store to open. */
    static class OfABrokenStore extends DataSourceStoreContract {

        private static BrokenStores broken = BrokenStores.FOLDS_CASE;

        @Override
        protected DataSourceStore openEmpty() {
            return broken.open();
        }

        @Override
        protected boolean isPersistent() {
            return false;
        }

        @Override
        protected int connectionsInUse() {
            return broken == BrokenStores.LEAKS_CONNECTIONS ? BrokenStores.LEAKED.get() : 0;
        }
    }

    /** Says no to what it can do. */
    static class OfAModestStore extends DataSourceStoreContract {

        private static boolean persistent;

        private DelegatingStore opened = opened();

        @Override
        protected DataSourceStore openEmpty() {
            opened = opened();
            return opened;
        }

        private static DelegatingStore opened() {
            return new DelegatingStore() {
                @Override
                public boolean persistent() {
                    return persistent;
                }
            };
        }

        @Override
        protected DataSourceStore openAgain() {
            return opened;
        }

        @Override
        protected boolean isPersistent() {
            return persistent;
        }

        @Override
        protected boolean isShared() {
            return false;
        }

        @Override
        protected boolean plansAndForgets() {
            return false;
        }

        @Override
        protected int randomSequences() {
            return 1;
        }
    }

    @Test
    @DisplayName("rejects a store that says no to what it can do")
    void modest() {
        OfAModestStore.persistent = true;
        assertThat(toldBy(OfAModestStore.class))
                .anySatisfy(told -> assertThat(told).contains("what a second store on the data of an open one throws"))
                .anySatisfy(told -> assertThat(told).contains("what a store throws that does not plan and forget"));
        OfAModestStore.persistent = false;
        assertThat(toldBy(OfAModestStore.class))
                .anySatisfy(told -> assertThat(told)
                        .contains("a store that is not persistent cannot be opened again, and the test"));
    }

    private static List<String> toldBy(Class<?> contract) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(contract))
                .execute()
                .testEvents()
                .failed()
                .stream()
                .map(DataSourceStoreContractTest::told)
                .toList();
    }

    @TestFactory
    @DisplayName("rejects each store that breaks one promise")
    Stream<DynamicTest> rejects() {
        return Arrays.stream(BrokenStores.values()).map(broken -> dynamicTest(broken.name(), () -> rejects(broken)));
    }

    private static void rejects(BrokenStores broken) {
        OfABrokenStore.broken = broken;

        Events tests = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(OfABrokenStore.class))
                .execute()
                .testEvents();

        assertThat(tests.failed().stream().map(DataSourceStoreContractTest::told))
                .anySatisfy(told -> assertThat(told).contains(broken.told()));
        assertThat(tests.succeeded().count()).isPositive();
        assertThat(tests.skipped().count()).isZero();
        assertThat(tests.aborted().count()).isZero();
    }

    private static String told(Event failed) {
        return failed.getTestDescriptor().getDisplayName() + "\n"
                + failed.getPayload(TestExecutionResult.class)
                        .flatMap(TestExecutionResult::getThrowable)
                        .map(Throwable::getMessage)
                        .orElse("");
    }
}
