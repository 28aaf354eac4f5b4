package dev.headwater.examples;

import dev.headwater.core.CommitListener;
import dev.headwater.spi.Commit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What a service would send to its audit log, its billing, or its search index. */
final class AuditTrail implements CommitListener {

    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    @Override
    public void onCommit(Commit commit, boolean firstOfEnvironment) {
        String what = commit.change().getClass().getSimpleName().toLowerCase(Locale.ROOT);
        heard.add("commit " + commit.number() + ": " + commit.change().name() + " was " + what + " by "
                + commit.stamp().by() + (firstOfEnvironment ? " (the first of " + commit.environment() + ")" : ""));
    }

    /** {@return the next lines; they come after the commits, on another thread} */
    List<String> next(int count, Duration patience) throws InterruptedException {
        List<String> lines = new ArrayList<>();
        while (lines.size() < count) {
            String line = heard.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (line == null) {
                throw new IllegalStateException("only " + lines.size() + " of " + count + " commits were heard of");
            }
            lines.add(line);
        }
        return lines;
    }
}
