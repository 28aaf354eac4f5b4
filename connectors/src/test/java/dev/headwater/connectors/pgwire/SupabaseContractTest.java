package dev.headwater.connectors.pgwire;

import dev.headwater.connectors.FixtureContract;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The Supabase connector")
class SupabaseContractTest extends FixtureContract {

    SupabaseContractTest() {
        super(new SupabaseFixture());
    }
}
