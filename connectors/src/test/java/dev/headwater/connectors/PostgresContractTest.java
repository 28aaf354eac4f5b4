package dev.headwater.connectors;

import org.junit.jupiter.api.DisplayName;

@DisplayName("The PostgreSQL connector")
class PostgresContractTest extends FixtureContract {

    PostgresContractTest() {
        super(new PostgresFixture());
    }
}
