package dev.headwater.connectors.internal.mongodb;

import com.mongodb.MongoClientSettings;
import com.mongodb.MongoCredential;
import com.mongodb.ReadPreference;
import com.mongodb.ServerAddress;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.connection.ClusterConnectionMode;
import com.mongodb.connection.ClusterSettings;
import com.mongodb.connection.SocketSettings;
import com.mongodb.event.ConnectionCheckedInEvent;
import com.mongodb.event.ConnectionCheckedOutEvent;
import com.mongodb.event.ConnectionPoolListener;
import dev.headwater.connectors.internal.net.GateProxy;
import dev.headwater.connectors.internal.net.GateProxy.ProxyUser;
import dev.headwater.connectors.internal.net.Passage;
import dev.headwater.connectors.internal.net.TlsSettings;
import dev.headwater.spi.Cancellation;
import dev.headwater.spi.ClientSettings;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.ConnectorClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The vendor's client. It goes through a proxy of ours, which asks the policy about every address, those too that a replica
 * set tells of; and it is made when it is first used, since it connects at once.
 */
final class MongoPool implements ConnectorClient {

    private final MongoSettings settings;
    private final Passage passage;
    private final ClientSettings client;
    private final AtomicInteger inUse = new AtomicInteger();
    private final MongoClient view;
    private @Nullable GateProxy proxy;
    private @Nullable MongoClient real;
    private boolean retired;

    MongoPool(MongoSettings settings, ConnectionTarget target, ClientSettings client) {
        this.settings = settings;
        this.passage = Passage.direct(target).with(new Cancellation());
        this.client = client;
        this.view = (MongoClient) Proxy.newProxyInstance(
                MongoPool.class.getClassLoader(),
                new Class<?>[] {MongoClient.class},
                (self, method, arguments) -> call(self, method, arguments));
    }

    /** What a host calls: it can do all that the client can, except close it, which is not the host's to do. */
    private @Nullable Object call(Object self, Method method, Object @Nullable [] arguments) throws Throwable {
        switch (method.getName()) {
            case "close" -> {
                return null;
            }
            case "toString" -> {
                return "MongoClient[" + client.name() + "]";
            }
            case "hashCode" -> {
                return System.identityHashCode(self);
            }
            case "equals" -> {
                return self == Objects.requireNonNull(arguments)[0];
            }
            default -> {
                try {
                    return method.invoke(real(), arguments);
                } catch (InvocationTargetException e) {
                    throw e.getCause() == null ? e : e.getCause();
                }
            }
        }
    }

    private synchronized MongoClient real() {
        if (real == null) {
            if (retired) {
                throw new IllegalStateException("this client is closed; a newer one may have taken its place");
            }
            try {
                proxy = GateProxy.guarded(passage);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            real = MongoClients.create(driverSettings(proxy));
        }
        return real;
    }

    private MongoClientSettings driverSettings(GateProxy through) {
        MongoClientSettings.Builder builder = MongoClientSettings.builder()
                .applicationName(settings.appName())
                .credential(MongoCredential.createCredential(
                        settings.user(),
                        settings.authSource(),
                        settings.password().toCharArray()))
                .applyToClusterSettings(this::cluster)
                .applyToSocketSettings(sockets -> sockets(sockets, through))
                .applyToConnectionPoolSettings(pool -> pool.maxSize(client.maxPoolSize())
                        .maxWaitTime(millis(), TimeUnit.MILLISECONDS)
                        .addConnectionPoolListener(new Counter()))
                .applyToSslSettings(tls ->
                        tls.enabled(settings.tls()).context(TlsSettings.context(TlsSettings.VERIFIED.trustManager())));
        String readPreference = settings.extra("readPreference");
        if (readPreference != null) {
            builder.readPreference(ReadPreference.valueOf(readPreference));
        }
        String retryReads = settings.extra("retryReads");
        return retryReads == null
                ? builder.build()
                : builder.retryReads(Boolean.parseBoolean(retryReads)).build();
    }

    private long millis() {
        return Math.max(1, Math.min(Integer.MAX_VALUE, passage.timeout().toMillis()));
    }

    private void cluster(ClusterSettings.Builder cluster) {
        cluster.hosts(List.of(new ServerAddress(
                        settings.endpoint().host(), settings.endpoint().port())))
                .serverSelectionTimeout(number("serverSelectionTimeoutMS", millis()), TimeUnit.MILLISECONDS);
        String replicaSet = settings.extra("replicaSet");
        if (replicaSet != null) {
            cluster.requiredReplicaSetName(replicaSet);
        }
        boolean others = replicaSet != null || "false".equals(settings.extra("directConnection"));
        boolean direct = "true".equals(settings.extra("directConnection"));
        cluster.mode(others && !direct ? ClusterConnectionMode.MULTIPLE : ClusterConnectionMode.SINGLE);
    }

    private void sockets(SocketSettings.Builder sockets, GateProxy through) {
        ProxyUser user = Objects.requireNonNull(through.user());
        sockets.connectTimeout(number("connectTimeoutMS", millis()), TimeUnit.MILLISECONDS)
                .readTimeout(number("socketTimeoutMS", 0), TimeUnit.MILLISECONDS)
                .applyToProxySettings(socks -> socks.host(through.host())
                        .port(through.port())
                        .username(user.name())
                        .password(user.password()));
    }

    private long number(String key, long otherwise) {
        String text = settings.extra(key);
        return text == null ? otherwise : Long.parseLong(text);
    }

    private final class Counter implements ConnectionPoolListener {

        @Override
        public void connectionCheckedOut(ConnectionCheckedOutEvent event) {
            inUse.incrementAndGet();
        }

        @Override
        public void connectionCheckedIn(ConnectionCheckedInEvent event) {
            inUse.decrementAndGet();
        }
    }

    @Override
    public Object client() {
        return view;
    }

    @Override
    public int inUse() {
        return inUse.get();
    }

    /** The driver has no way to let go of idle connections only; one that was never used is not begun any more. */
    @Override
    public synchronized void retire() {
        retired = true;
    }

    @Override
    public synchronized void close() {
        retired = true;
        if (proxy != null) {
            proxy.close();
            proxy = null;
        }
        if (real != null) {
            // It stays, so that whoever still holds it hears that it is closed.
            real.close();
        }
    }
}
