package dev.headwater.connectors.pgwire;

import static dev.headwater.connectors.Targets.target;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.headwater.connectors.Connectors;
import dev.headwater.spi.ColumnSchema;
import dev.headwater.spi.ConnectorSession;
import dev.headwater.spi.TableSchema;
import dev.headwater.spi.TableSchema.TableType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The CockroachDB connector")
class CockroachTest {

    private final Map<String, Object> config = new CockroachFixture().workingConfig();

    private List<TableSchema> tables() {
        try (ConnectorSession session = Connectors.cockroachdb().open(target("cockroachdb", config))) {
            return session.readTables(1_000, ignored -> {}).tables();
        }
    }

    @Test
    @DisplayName("leaves out columns that are hidden, and the key that they make")
    void hidden() {
        assertThat(tables())
                .filteredOn(table -> table.name().equals("keyless"))
                .singleElement()
                .satisfies(table -> {
                    assertThat(table.columns()).extracting(ColumnSchema::name).containsExactly("note");
                    assertThat(table.primaryKey()).isEmpty();
                });
    }

    @Test
    @DisplayName("keeps to the schema of the config, or reads all but the system's")
    void schemas() {
        assertThat(tables()).extracting(TableSchema::schema).containsOnly("sales");
        config.put("schema", "");
        assertThat(tables())
                .extracting(TableSchema::schema, TableSchema::name, TableSchema::type)
                .containsExactly(
                        tuple("other", "elsewhere", TableType.TABLE),
                        tuple("sales", "big", TableType.VIEW),
                        tuple("sales", "keyless", TableType.TABLE),
                        tuple("sales", "orders", TableType.TABLE));
    }
}
