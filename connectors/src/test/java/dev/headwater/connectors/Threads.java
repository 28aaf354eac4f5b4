package dev.headwater.connectors;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Looks at the threads of the JVM. */
final class Threads {

    private Threads() {}

    /** {@return the names of the live threads whose name begins so} */
    static List<String> named(String beginning) {
        return all().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith(beginning))
                .toList();
    }

    static Set<Thread> all() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .collect(Collectors.toSet());
    }
}
