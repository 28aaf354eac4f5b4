package dev.headwater.connectors;

import dev.headwater.spi.Connector;
import dev.headwater.spi.TableSchema;
import dev.headwater.testkit.ConnectorContract;
import java.util.Map;
import java.util.Optional;

/** The connector contract over a {@link KindFixture}. */
public abstract class FixtureContract extends ConnectorContract {

    private final KindFixture fixture;

    protected FixtureContract(KindFixture fixture) {
        this.fixture = fixture;
    }

    @Override
    protected Connector connector() {
        return fixture.connector();
    }

    @Override
    protected String kind() {
        return fixture.kind();
    }

    @Override
    protected Map<String, Object> workingConfig() {
        return fixture.workingConfig();
    }

    @Override
    protected TableSchema knownTable() {
        return fixture.knownTable();
    }

    @Override
    protected Optional<Map<String, Object>> wrongCredentials() {
        return fixture.wrongCredentials(WRONG_SECRET);
    }

    @Override
    protected Optional<Map<String, Object>> missingDatabase() {
        return fixture.missingDatabase();
    }

    @Override
    protected Optional<Map<String, Object>> atPort(int port) {
        return fixture.atPort(port);
    }
}
