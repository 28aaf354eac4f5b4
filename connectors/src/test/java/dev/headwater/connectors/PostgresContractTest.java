package dev.headwater.connectors;

import dev.headwater.spi.ColumnSchema;
import dev.headwater.spi.ColumnSchema.CanonicalType;
import dev.headwater.spi.Connector;
import dev.headwater.spi.SecretValue;
import dev.headwater.spi.TableSchema;
import dev.headwater.spi.TableSchema.TableType;
import dev.headwater.testkit.ConnectorContract;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The PostgreSQL connector")
class PostgresContractTest extends ConnectorContract {

    @BeforeAll
    static void fill() {
        PostgresServer.get().run("postgres", "drop database if exists contract", "create database contract owner app");
        PostgresServer.get()
                .run(
                        "contract",
                        "set role app",
                        "create schema s",
                        "create table s.a (id int primary key, note text)",
                        "create table s.b ()");
    }

    @Override
    protected Connector connector() {
        return Connectors.postgresql();
    }

    @Override
    protected String kind() {
        return "postgresql";
    }

    @Override
    protected Map<String, Object> workingConfig() {
        Map<String, Object> config = PostgresServer.get().config();
        config.put("database", "contract");
        return config;
    }

    @Override
    protected TableSchema knownTable() {
        return new TableSchema(
                null,
                "s",
                "a",
                TableType.TABLE,
                null,
                List.of(
                        new ColumnSchema("id", "integer", CanonicalType.INTEGER, false, null),
                        new ColumnSchema("note", "text", CanonicalType.TEXT, true, null)),
                List.of("id"));
    }

    @Override
    protected Optional<Map<String, Object>> wrongCredentials() {
        return Optional.of(Map.of("password", SecretValue.of(WRONG_SECRET)));
    }

    @Override
    protected Optional<Map<String, Object>> missingDatabase() {
        return Optional.of(Map.of("database", "not_there"));
    }

    @Override
    protected Optional<Map<String, Object>> atPort(int port) {
        return Optional.of(Map.of("port", (long) port));
    }
}
