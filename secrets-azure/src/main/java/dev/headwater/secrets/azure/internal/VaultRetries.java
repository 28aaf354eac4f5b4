package dev.headwater.secrets.azure.internal;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.RequestRetryCondition;
import com.azure.core.http.policy.RetryStrategy;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Tries again, soon and seldom, what fails at once. What took its time has used it up; and where the service says when to
 * come back, the vendor's policy would sleep until then, so the caller is told instead.
 *
 * @param getMaxRetries how often
 * @param pause between tries
 */
public record VaultRetries(int getMaxRetries, Duration pause) implements RetryStrategy {

    private static final Set<Integer> MOMENTARY = Set.of(500, 502, 503, 504);

    private static final List<HttpHeaderName> COME_BACK =
            List.of(HttpHeaderName.RETRY_AFTER, HttpHeaderName.RETRY_AFTER_MS, HttpHeaderName.X_MS_RETRY_AFTER_MS);

    @Override
    public Duration calculateRetryDelay(int retries) {
        return pause;
    }

    @Override
    public boolean shouldRetryCondition(RequestRetryCondition condition) {
        HttpResponse response = condition.getResponse();
        if (response != null) {
            return MOMENTARY.contains(response.getStatusCode())
                    && COME_BACK.stream().allMatch(header -> response.getHeaderValue(header) == null);
        }
        IOException io = VaultFailures.causeOf(condition.getThrowable(), IOException.class);
        return io != null && !(io instanceof HttpTimeoutException);
    }
}
