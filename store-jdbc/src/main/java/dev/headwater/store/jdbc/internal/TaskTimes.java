package dev.headwater.store.jdbc.internal;

import com.github.kagkarlsson.scheduler.jdbc.AutodetectJdbcCustomization;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Has db-scheduler keep times as the store does, in microseconds since 1970, which no time zone of a driver can move. */
final class TaskTimes extends AutodetectJdbcCustomization {

    TaskTimes(DataSource dataSource) {
        super(dataSource, true);
    }

    static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    @Override
    public void setInstant(PreparedStatement statement, int index, @Nullable Instant value) throws SQLException {
        if (value == null) {
            statement.setNull(index, Types.BIGINT);
        } else {
            statement.setLong(index, micros(value));
        }
    }

    @Override
    public @Nullable Instant getInstant(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : Instant.EPOCH.plus(value, ChronoUnit.MICROS);
    }

    /** PostgreSQL's way in one statement would set timestamps; the general one locks and skips as well. */
    @Override
    public boolean supportsSingleStatementLockAndFetch() {
        return false;
    }
}
