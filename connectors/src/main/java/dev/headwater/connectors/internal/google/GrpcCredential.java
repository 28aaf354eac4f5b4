package dev.headwater.connectors.internal.google;

import com.google.auth.RequestMetadataCallback;
import dev.headwater.connectors.internal.Failures;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.ConnectorException;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** A credential for gRPC, whose own log of frames shows tokens: while that is on, it gives out none. */
public final class GrpcCredential extends GoogleCredential {

    private static final long serialVersionUID = 1;

    /** It logs to slf4j where that is there and bound, and to java.util.logging else. */
    private static final String FRAMES = "io.grpc.netty.shaded.io.grpc.netty.NettyClientHandler";

    /** @param target as for {@link GoogleCredential} */
    public GrpcCredential(GoogleLogin login, ConnectionTarget target, String scope, Clock clock) {
        super(login, target, scope, clock);
        refuseFrameLogs();
    }

    private static void refuseFrameLogs() {
        if (LoggerFactory.getLogger(FRAMES).isDebugEnabled()
                || java.util.logging.Logger.getLogger(FRAMES).isLoggable(Level.FINE)) {
            throw Failures.revealingLog(FRAMES, "DEBUG", "access tokens", "Set the level of io.grpc to INFO.");
        }
    }

    @Override
    public Map<String, List<String>> getRequestMetadata(@Nullable URI uri) throws IOException {
        try {
            refuseFrameLogs();
        } catch (ConnectorException e) {
            throw new IOException(e.getMessage());
        }
        return super.getRequestMetadata(uri);
    }

    @Override
    public void getRequestMetadata(URI uri, Executor executor, RequestMetadataCallback callback) {
        try {
            refuseFrameLogs();
        } catch (ConnectorException e) {
            callback.onFailure(new IOException(e.getMessage()));
            return;
        }
        super.getRequestMetadata(uri, executor, callback);
    }
}
