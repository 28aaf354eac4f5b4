package dev.headwater.connectors;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.common.channel.RequestHandler;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.common.session.ConnectionService;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.common.util.net.SshdSocketAddress;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.forward.AcceptAllForwardingFilter;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;

/** A real SSH server on the loopback interface, which forwards. */
public final class SshBastion implements AutoCloseable {

    public static final String USER = "tunnel";
    public static final String PASSWORD = "planted-ssh-password";

    private final SshServer server = SshServer.setUpDefaultServer();
    private final SimpleGeneratorHostKeyProvider hostKey = new SimpleGeneratorHostKeyProvider();
    private final Set<PublicKey> authorized = ConcurrentHashMap.newKeySet();
    private final AtomicInteger sessions = new AtomicInteger();
    private final AtomicInteger signsOfLife = new AtomicInteger();
    private final List<String> forwarded = new CopyOnWriteArrayList<>();
    private volatile boolean forwards = true;

    public SshBastion() {
        this(0);
    }

    public SshBastion(int port) {
        hostKey.setAlgorithm("EC");
        server.setHost("127.0.0.1");
        server.setPort(port);
        server.setKeyPairProvider(hostKey);
        server.setPasswordAuthenticator((user, password, session) -> user.equals(USER) && password.equals(PASSWORD));
        server.setPublickeyAuthenticator(
                (user, key, session) -> authorized.stream().anyMatch(known -> KeyUtils.compareKeys(known, key)));
        server.setForwardingFilter(new AcceptAllForwardingFilter() {
            @Override
            public boolean canConnect(
                    Type type, SshdSocketAddress address, org.apache.sshd.common.session.Session session) {
                forwarded.add(address.getHostName() + ":" + address.getPort());
                return forwards;
            }
        });
        server.addSessionListener(new SessionListener() {
            @Override
            public void sessionCreated(org.apache.sshd.common.session.Session session) {
                sessions.incrementAndGet();
            }
        });
        List<RequestHandler<ConnectionService>> handlers = new ArrayList<>(server.getGlobalRequestHandlers());
        handlers.add(0, (connection, request, wantReply, buffer) -> {
            if (request.startsWith("keepalive@")) {
                signsOfLife.incrementAndGet();
            }
            return RequestHandler.Result.Unsupported;
        });
        server.setGlobalRequestHandlers(handlers);
        try {
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return server.getPort();
    }

    public InetSocketAddress address() {
        return new InetSocketAddress("127.0.0.1", port());
    }

    public String fingerprint() {
        try {
            return KeyUtils.getFingerPrint(
                    BuiltinDigests.sha256,
                    hostKey.loadKeys(null).iterator().next().getPublic());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Lets a key in, given as a line of {@code authorized_keys}. */
    public void authorize(String line) {
        try {
            authorized.add(PublicKeyEntry.parsePublicKeyEntry(line)
                    .resolvePublicKey(null, null, PublicKeyEntryResolver.FAILING));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    public void forwards(boolean allowed) {
        forwards = allowed;
    }

    /** {@return how many sessions there were} */
    public int sessions() {
        return sessions.get();
    }

    /** {@return how often a client asked whether this server is still there} */
    public int signsOfLife() {
        return signsOfLife.get();
    }

    public Collection<String> forwarded() {
        return forwarded;
    }

    /** {@return how many sessions there are now} */
    public int open() {
        return server.getActiveSessions().size();
    }

    /** Ends all sessions at once, as when the machine goes away. */
    public void cut() {
        server.getActiveSessions().forEach(session -> session.close(true));
    }

    @Override
    public void close() {
        try {
            server.stop(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
