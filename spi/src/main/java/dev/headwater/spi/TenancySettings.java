package dev.headwater.spi;

/**
 * How a data source keeps its tenants apart, as DataBrain's {@code tenancySettings} describe it. Stored and returned;
 * the host acts on it.
 */
public sealed interface TenancySettings {

    /** The most characters of a schema, table or column name here. */
    int MAX_LENGTH = 255;

    /** Each tenant has a database of its own; nothing else is to be said (DataBrain: {@code DATABASE}). */
    record PerDatabase() implements TenancySettings {}

    /**
     * A table maps tenants to rows (DataBrain: {@code TABLE}); every part is required.
     *
     * @param schemaName the schema of the mapping table
     * @param tableName the mapping table
     * @param clientNameColumn its column with the tenant's identifier (DataBrain: {@code tableClientNameColumn})
     * @param primaryKeyColumn its primary key (DataBrain: {@code tablePrimaryKeyColumn})
     * @param clientColumnType the type of the tenant's identifier
     */
    record PerTable(
            String schemaName,
            String tableName,
            String clientNameColumn,
            String primaryKeyColumn,
            ClientColumnType clientColumnType)
            implements TenancySettings {

        /** @throws IllegalArgumentException if a name is empty, too long, or holds control characters */
        public PerTable {
            Checks.text("schemaName", schemaName, MAX_LENGTH);
            Checks.text("tableName", tableName, MAX_LENGTH);
            Checks.text("tableClientNameColumn", clientNameColumn, MAX_LENGTH);
            Checks.text("tablePrimaryKeyColumn", primaryKeyColumn, MAX_LENGTH);
        }
    }

    /** The type of a tenant's identifier. */
    enum ClientColumnType {
        NUMBER,
        STRING
    }
}
