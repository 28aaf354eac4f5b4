package dev.headwater.store.jdbc.internal;

import dev.headwater.spi.BackgroundTask;
import dev.headwater.spi.DataSourceId;
import dev.headwater.spi.EnvironmentId;
import java.util.Locale;

/** What tasks are called in the table. Ids are printable ASCII without spaces, so a space parts them. */
final class TaskNames {

    private TaskNames() {}

    static String name(BackgroundTask.Type type) {
        return type.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static String instance(BackgroundTask task) {
        if (task.environment() == null) {
            return "-";
        }
        return task.dataSource() == null
                ? task.environment().value()
                : task.environment().value() + " " + task.dataSource().value();
    }

    static BackgroundTask task(BackgroundTask.Type type, String instance) {
        int space = instance.indexOf(' ');
        if (space >= 0) {
            return BackgroundTask.of(
                    type,
                    EnvironmentId.of(instance.substring(0, space)),
                    DataSourceId.of(instance.substring(space + 1)));
        }
        return instance.equals("-") && (type != BackgroundTask.Type.SURVEY)
                ? BackgroundTask.of(type)
                : BackgroundTask.of(type, EnvironmentId.of(instance));
    }
}
