package dev.headwater.core.internal.background;

import dev.headwater.spi.TaskQueue;
import dev.headwater.testkit.TaskQueueContract;
import java.time.Clock;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The task queue in memory")
class LocalTaskQueueContractTest extends TaskQueueContract {

    @Override
    protected TaskQueue open() {
        return new LocalTaskQueue(Clock.systemUTC());
    }
}
