package dev.headwater.store.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import dev.headwater.store.jdbc.internal.Database;
import dev.headwater.store.jdbc.internal.Pools;
import dev.headwater.store.jdbc.internal.Tables;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** How the store and the task queue come to their database: by a data source of the host, or by a URL. */
record Opening(
        @Nullable DataSource dataSource,
        @Nullable String url,
        @Nullable String user,
        @Nullable String password,
        int maxPoolSize,
        Duration queryTimeout,
        boolean migrate) {

    private static final Pattern PASSWORD_IN_URL = Pattern.compile("(?i)password\\s*=|//[^/?;@]*:[^/?;@]*@");

    void check() {
        List<String> problems = new ArrayList<>();
        if ((dataSource == null) == (url == null)) {
            problems.add("give either dataSource or url");
        }
        if (dataSource != null && (user != null || password != null)) {
            problems.add("user and password go with url; a dataSource has its own");
        }
        if (url != null && PASSWORD_IN_URL.matcher(url).find()) {
            problems.add("url must not hold a password; give it by password()");
        }
        if (maxPoolSize < 2) {
            problems.add("maxPoolSize must be at least 2, is " + maxPoolSize);
        }
        if (queryTimeout.toSeconds() < 1) {
            problems.add("queryTimeout must be at least a second, is " + queryTimeout);
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
    }

    /** @param made makes what is opened, of a database whose tables are as they should be */
    <T> T open(BiFunction<Database, DataSource, T> made) {
        if (dataSource != null) {
            return open(dataSource, () -> {}, made);
        }
        HikariDataSource pool = Pools.open(url == null ? "" : url, user, password, maxPoolSize, queryTimeout);
        try {
            return open(pool, pool::close, made);
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    private <T> T open(DataSource open, Runnable release, BiFunction<Database, DataSource, T> made) {
        Database database = Database.open(open, queryTimeout, release);
        Tables tables = new Tables(database);
        if (migrate) {
            tables.migrate(open);
        }
        tables.check();
        return made.apply(database, open);
    }
}
