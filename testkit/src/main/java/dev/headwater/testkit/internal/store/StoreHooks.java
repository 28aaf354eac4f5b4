package dev.headwater.testkit.internal.store;

import dev.headwater.spi.DataSourceStore;

/** What a topic asks the adopter of the contract for. */
public interface StoreHooks {

    DataSourceStore openEmpty();

    DataSourceStore openAgain();

    boolean persistent();

    boolean shared();

    int connectionsInUse();

    boolean plansAndForgets();

    int randomSequences();
}
