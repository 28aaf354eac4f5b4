package dev.headwater.connectors.internal.kinesis;

import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.ResolvedConfig;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The stream of a config: by its name, or by its ARN.
 *
 * @param name its name
 * @param arn its ARN, or null if the config has the name alone
 */
record StreamName(String name, @Nullable String arn) {

    static StreamName of(ResolvedConfig config) {
        Optional<String> arn = config.text("stream_arn").filter(text -> !text.isEmpty());
        if (arn.isEmpty()) {
            return new StreamName(config.required("stream_name"), null);
        }
        int slash = arn.get().lastIndexOf(":stream/");
        if (slash < 0) {
            throw new ConnectorException(
                    FailureCode.INVALID_CONFIG,
                    "stream_arn must be the ARN of a stream, such as arn:aws:kinesis:us-east-1:123456789012:stream/orders");
        }
        return new StreamName(arn.get().substring(slash + ":stream/".length()), arn.get());
    }

    /** {@return the name, for requests that name a stream in one way only} */
    @Nullable
    String nameIfNoArn() {
        return arn == null ? name : null;
    }
}
