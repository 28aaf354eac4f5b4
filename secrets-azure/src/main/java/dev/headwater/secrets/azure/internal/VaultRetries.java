package dev.headwater.secrets.azure.internal;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.RequestRetryCondition;
import com.azure.core.http.policy.RetryStrategy;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Tries again, soon and seldom, what the vault fails for a moment. Where it says when to come back, the vendor's policy would
 * sleep until then, so the caller is told instead. Connections that fail are not tried again: the policy asks about each
 * cause alone, and there a connection that timed out looks like one that was refused at once.
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
        return response != null
                && MOMENTARY.contains(response.getStatusCode())
                && COME_BACK.stream().allMatch(header -> response.getHeaderValue(header) == null);
    }
}
