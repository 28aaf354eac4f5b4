package dev.headwater.testkit.internal;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The threads and sockets of this JVM at one time. */
public final class OpenThings {

    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final long LOOK_AGAIN_MILLIS = 10;

    /** Threads that the JDK, JUnit and their build tools begin when they like, and keep. */
    private static final List<String> KEPT = List.of(
            "Attach Listener",
            "Cleaner-",
            "Common-Cleaner",
            "CompletableFutureDelayScheduler",
            "ForkJoinPool.commonPool-",
            "ForkJoinPool-",
            "Keep-Alive-Timer",
            "Notification Thread",
            "Read-Poller",
            "VirtualThread-unblocker",
            "Write-Poller",
            "idle-connection-reaper",
            "junit-",
            "process reaper",
            "surefire-");

    private final Set<Thread> threads;
    private final Set<String> sockets;

    private OpenThings(Set<Thread> threads, Set<String> sockets) {
        this.threads = threads;
        this.sockets = sockets;
    }

    /** {@return what is open now} */
    public static OpenThings now() {
        return new OpenThings(threads(), sockets());
    }

    /**
     * {@return what is open now and was not then, one line each, when it has had some time to end}
     *
     * @param keptThreads beginnings of names of threads that may stay
     */
    public List<String> leftBehind(List<String> keptThreads, int patienceSeconds) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(patienceSeconds);
        List<String> left = leftBehind(keptThreads);
        while (!left.isEmpty() && System.nanoTime() < end) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_AGAIN_MILLIS));
            left = leftBehind(keptThreads);
        }
        return left;
    }

    private List<String> leftBehind(List<String> keptThreads) {
        List<String> left = new ArrayList<>();
        for (Thread thread : threads()) {
            String name = thread.getName();
            if (!threads.contains(thread)
                    && KEPT.stream().noneMatch(name::startsWith)
                    && keptThreads.stream().noneMatch(name::startsWith)) {
                left.add("thread " + name);
            }
        }
        for (String socket : sockets()) {
            if (!sockets.contains(socket)) {
                left.add(socket);
            }
        }
        return left;
    }

    private static Set<Thread> threads() {
        Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
        threads.removeIf(thread -> !thread.isAlive());
        return threads;
    }

    private static Set<String> sockets() {
        Set<String> sockets = new HashSet<>();
        if (!Files.isDirectory(DESCRIPTORS)) {
            return sockets;
        }
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(DESCRIPTORS)) {
            for (Path descriptor : descriptors) {
                String target = target(descriptor);
                if (target.startsWith("socket:")) {
                    sockets.add(target);
                }
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return sockets;
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return "closed meanwhile";
        }
    }
}
