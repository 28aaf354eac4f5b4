package com.example.mvstore;

import dev.headwater.spi.DataSourceId;
import dev.headwater.spi.EnvironmentId;

/** Keys of several parts in one text. Ids hold no NUL, so texts sort as their parts do. */
final class Keys {

    private static final char END = '\0';

    private Keys() {}

    /** {@return what all keys of the environment begin with} */
    static String in(EnvironmentId environment) {
        return environment.value() + END;
    }

    /** {@return the key of what has that name or id in the environment} */
    static String of(EnvironmentId environment, String nameOrId) {
        return in(environment) + nameOrId;
    }

    /** {@return the key of what has that number in the environment} */
    static String of(EnvironmentId environment, long number) {
        return in(environment) + digits(number);
    }

    /** {@return what all keys of commits of the data source begin with} */
    static String commitsOf(EnvironmentId environment, DataSourceId id) {
        return in(environment) + id.value() + END;
    }

    /** {@return the key of one commit of the data source} */
    static String commitOf(EnvironmentId environment, DataSourceId id, long number) {
        return commitsOf(environment, id) + digits(number);
    }

    /** {@return the number at the end of a key} */
    static long number(String key) {
        return Long.parseLong(key.substring(key.length() - 19));
    }

    /** {@return a key that is greater than all keys with this beginning, and than nothing else} */
    static String after(String beginning) {
        return beginning + Character.MAX_VALUE;
    }

    private static String digits(long number) {
        return String.format("%019d", number);
    }
}
