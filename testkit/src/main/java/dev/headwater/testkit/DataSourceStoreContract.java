package dev.headwater.testkit;

import dev.headwater.spi.DataSourceStore;
import dev.headwater.testkit.internal.store.BatchTopic;
import dev.headwater.testkit.internal.store.ClosingTopic;
import dev.headwater.testkit.internal.store.CommitTopic;
import dev.headwater.testkit.internal.store.ConcurrencyTopic;
import dev.headwater.testkit.internal.store.DeploymentTopic;
import dev.headwater.testkit.internal.store.HeadTopic;
import dev.headwater.testkit.internal.store.LogTopic;
import dev.headwater.testkit.internal.store.ModelTopic;
import dev.headwater.testkit.internal.store.NameTopic;
import dev.headwater.testkit.internal.store.ObservationTopic;
import dev.headwater.testkit.internal.store.PageTopic;
import dev.headwater.testkit.internal.store.PersistenceTopic;
import dev.headwater.testkit.internal.store.SecretTopic;
import dev.headwater.testkit.internal.store.StoreHooks;
import dev.headwater.testkit.internal.store.ValueTopic;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;

/**
 * Says when a {@link DataSourceStore} is right. The author of a store extends it, and JUnit Jupiter runs it:
 *
 * <pre>{@code
 * class MyStoreTest extends DataSourceStoreContract {
 *     private MyDatabase database;
 *
 *     protected DataSourceStore openEmpty() {
 *         database = MyDatabase.create();
 *         return new MyStore(database);
 *     }
 *
 *     protected DataSourceStore openAgain() {
 *         return new MyStore(database);
 *     }
 * }
 * }</pre>
 *
 * <p>A store does all of it, or says what it does not do by one of the methods that begin with {@code is}; then the suite
 * checks that it really does not.
 */
public abstract class DataSourceStoreContract {

    /** For subclasses. */
    protected DataSourceStoreContract() {}

    /** Opens a store in which nothing was ever written. Called once before each test; the suite closes the store. */
    protected abstract DataSourceStore openEmpty();

    /**
     * Opens another store on the same data as the last one that {@link #openEmpty} opened, which may have been closed
     * since. Not called for a store that {@linkplain #isPersistent() is not persistent}. The suite closes the store.
     */
    protected DataSourceStore openAgain() {
        throw new UnsupportedOperationException("a persistent store's test must override openAgain");
    }

    /** {@return whether the store {@linkplain DataSourceStore#persistent() is persistent}} */
    protected boolean isPersistent() {
        return true;
    }

    /**
     * {@return whether {@link #openAgain} works while the first store is open, as for nodes on one database} If not, it throws
     * a {@link dev.headwater.spi.StoreException} then.
     */
    protected boolean isShared() {
        return true;
    }

    /**
     * {@return how many connections, or other things that the store takes and gives back, it has taken now} None may be
     * left when a test is over and the store is still open. A store that takes none leaves this as it is.
     */
    protected int connectionsInUse() {
        return 0;
    }

    /** {@return how many random sequences of calls the store is compared with a model over; fewer for a slow store} */
    protected int randomSequences() {
        return 25;
    }

    /**
     * {@return whether the store goes with a shared task queue and can forget history} One that does not says so by {@link
     * UnsupportedOperationException}.
     */
    protected boolean plansAndForgets() {
        return true;
    }

    private StoreHooks hooks() {
        return new StoreHooks() {
            @Override
            public DataSourceStore openEmpty() {
                return DataSourceStoreContract.this.openEmpty();
            }

            @Override
            public DataSourceStore openAgain() {
                return DataSourceStoreContract.this.openAgain();
            }

            @Override
            public boolean persistent() {
                return isPersistent();
            }

            @Override
            public boolean plansAndForgets() {
                return DataSourceStoreContract.this.plansAndForgets();
            }

            @Override
            public boolean shared() {
                return isShared();
            }

            @Override
            public int connectionsInUse() {
                return DataSourceStoreContract.this.connectionsInUse();
            }

            @Override
            public int randomSequences() {
                return DataSourceStoreContract.this.randomSequences();
            }
        };
    }

    /** A topic. */
    @Nested
    @DisplayName("A commit")
    public class Commits extends CommitTopic {
        Commits() {
            super(hooks());
        }
    }

    /** A topic. */
    @Nested
    @DisplayName("A request of several changes")
    public class Batches extends BatchTopic {
        Batches() {
            super(hooks());
        }
    }

    /** A topic. */
    @Nested
    @DisplayName("Names")
    public class Names extends NameTopic {
        Names() {
            super(hooks());
        }
    }

    /** A topic. */
    @Nested
    @DisplayName("Pages")
    public class Pages extends PageTopic {
        Pages() {
            super(hooks());
        }
    }

    /** A topic. */
    @Nested
    @DisplayName("The log")
    public class Logs extends LogTopic {
        Logs() {
            super(hooks());
        }
    }

    /** A topic. */
    @Nested
    @DisplayName("What is stored")
    public class Values extends ValueTopic {
        Values() {
            super(hooks());
        }
    }

    /** A topic. */
    @Nested
    @DisplayName("Sealed secrets")
    public class Secrets extends SecretTopic {
        Secrets() {
            super(hooks());
        }
    }

    /** A topic. */
    @Nested
    @DisplayName("Observations")
    public class Observing extends ObservationTopic {
        Observing() {
            super(hooks());
        }
    }

    /** A topic. */
    @Nested
    @DisplayName("Deployments")
    public class Deployments extends DeploymentTopic {
        Deployments() {
            super(hooks());
        }
    }

    /** A topic. */
    @Nested
    @DisplayName("Many threads at once")
    public class Concurrency extends ConcurrencyTopic {
        Concurrency() {
            super(hooks());
        }
    }

    /** A topic. */
    @Nested
    @DisplayName("A closed store")
    public class Closing extends ClosingTopic {
        Closing() {
            super(hooks());
        }
    }

    /** A topic. */
    @Nested
    @DisplayName("Heads of environments")
    public class Heads extends HeadTopic {
        Heads() {
            super(hooks());
        }
    }

    /** A topic. */
    @Nested
    @DisplayName("What outlives the store")
    public class Persistence extends PersistenceTopic {
        Persistence() {
            super(hooks());
        }
    }

    /** A topic. */
    @Nested
    @DisplayName("Any sequence of calls")
    public class RandomCalls extends ModelTopic {
        RandomCalls() {
            super(hooks());
        }
    }
}
