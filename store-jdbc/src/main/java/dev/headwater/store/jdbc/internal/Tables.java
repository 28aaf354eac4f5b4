package dev.headwater.store.jdbc.internal;

import dev.headwater.spi.StoreException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.output.MigrateResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The store's tables: makes and migrates them, and checks their version. */
public final class Tables {

    /** The version that this code works with, as the migrations leave it in {@code hw_schema_version}. */
    public static final int VERSION = 2;

    private static final String LOCATION = "classpath:dev/headwater/store/jdbc/migration/";
    private static final String HISTORY = "hw_schema_history";

    private static final int ATTEMPTS = 3;

    private static final Logger LOG = LoggerFactory.getLogger(Tables.class);

    private final Database database;

    public Tables(Database database) {
        this.database = database;
    }

    /**
     * Brings the tables to {@link #VERSION}. Other tables in the same schema are no hindrance, nor are other nodes that do
     * it too: Flyway takes a lock, except while it makes its history table; a node that loses there begins again.
     */
    public void migrate(DataSource dataSource) {
        Flyway flyway = Flyway.configure(Tables.class.getClassLoader())
                .dataSource(dataSource)
                .locations(LOCATION + database.dialect().migrations())
                .placeholders(database.dialect().placeholders())
                .table(HISTORY)
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load();
        for (int attempt = 1; ; attempt++) {
            try {
                MigrateResult result = flyway.migrate();
                LOG.debug("{} migrations were done", result.migrationsExecuted);
                return;
            } catch (FlywayException e) {
                if (attempt == ATTEMPTS) {
                    throw Failures.of("migrate the tables", e);
                }
                LOG.debug("A migration failed ({}), attempt {}", e.getClass().getName(), attempt);
            }
        }
    }

    /** @throws StoreException if the tables are missing or older than this code */
    public void check() {
        int found = database.statements(
                "read the version of the tables (are they there? see " + LOCATION
                        + database.dialect().migrations() + ")",
                handle -> handle.createQuery("SELECT MAX(version) FROM hw_schema_version")
                        .mapTo(Integer.class)
                        .findOne()
                        .orElse(0));
        if (found < VERSION) {
            throw new StoreException("the tables are of version " + found + ", this store needs " + VERSION
                    + ": run the migrations in " + LOCATION + database.dialect().migrations());
        }
    }
}
