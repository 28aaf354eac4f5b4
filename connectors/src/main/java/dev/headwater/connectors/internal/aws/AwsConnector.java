package dev.headwater.connectors.internal.aws;

import dev.headwater.connectors.internal.Artifacts;
import dev.headwater.connectors.internal.Failures;
import dev.headwater.connectors.internal.http.GatedHttp;
import dev.headwater.connectors.internal.net.SocketGate;
import dev.headwater.connectors.internal.ssh.Passages;
import dev.headwater.spi.ClientSettings;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.Connector;
import dev.headwater.spi.ConnectorClient;
import dev.headwater.spi.ConnectorSession;
import java.io.IOException;
import java.util.Set;

/**
 * The connector of one kind of AWS. Safe for use by many threads.
 *
 * @param <C> the SDK's client
 */
public final class AwsConnector<C extends AutoCloseable> implements Connector {

    private static final String SDK = "AWS SDK client";

    private final AwsKind<C> kind;
    private final boolean processCredentials;

    /** @param processCredentials whether a config without keys may use those of this process */
    public AwsConnector(AwsKind<C> kind, boolean processCredentials) {
        this.kind = kind;
        this.processCredentials = processCredentials;
    }

    @Override
    public Set<String> kinds() {
        return Set.of(kind.id());
    }

    @Override
    public void reach(ConnectionTarget target) {
        Failures.refuseCancelled(target);
        AwsLogin login = login(target);
        try (SocketGate gate = SocketGate.open(login.server(), Passages.of(target))) {
            gate.connect().close();
        } catch (IOException e) {
            throw AwsFailures.translate(target, "reach " + login.server(), e);
        }
    }

    @Override
    public ConnectorSession open(ConnectionTarget target) {
        Failures.refuseCancelled(target);
        AwsLogin login = login(target);
        AwsHandle<C> handle = AwsHandle.open(kind, login, target, false);
        try {
            ConnectorSession session = kind.session(handle.client(), target, handle::close);
            Failures.refuseCancelled(target);
            return session;
        } catch (RuntimeException e) {
            handle.close();
            throw AwsFailures.translate(target, "log in to " + login.server(), e);
        }
    }

    @Override
    public ConnectorClient client(ConnectionTarget target, ClientSettings settings) {
        Failures.refuseCancelled(target);
        return new AwsSourceClient<>(AwsHandle.open(kind, login(target), target, true), settings);
    }

    private AwsLogin login(ConnectionTarget target) {
        Artifacts.require(SDK, kind.clientClass(), kind.artifact());
        Artifacts.require(SDK, "software.amazon.awssdk.services.sts.StsClient", "software.amazon.awssdk:sts");
        GatedHttp.requireOkHttp();
        kind.check(target.config());
        return AwsLogin.of(target.config(), kind.service(), processCredentials);
    }
}
