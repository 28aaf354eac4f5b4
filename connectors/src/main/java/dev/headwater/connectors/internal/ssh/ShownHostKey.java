package dev.headwater.connectors.internal.ssh;

import com.jcraft.jsch.HostKey;
import com.jcraft.jsch.HostKeyRepository;
import com.jcraft.jsch.UserInfo;
import dev.headwater.connectors.internal.net.Endpoint;
import dev.headwater.spi.HostKeys;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the host application about the key that an SSH server shows. For one login. */
final class ShownHostKey implements HostKeyRepository {

    private static final Logger LOG = LoggerFactory.getLogger(ShownHostKey.class);

    private final Endpoint server;
    private final HostKeys trusted;
    private volatile String fingerprint = "none";

    ShownHostKey(Endpoint server, HostKeys trusted) {
        this.server = server;
        this.trusted = trusted;
    }

    /** {@return what the server has shown} */
    String fingerprint() {
        return fingerprint;
    }

    @Override
    public int check(String host, byte[] key) {
        fingerprint = fingerprint(key);
        boolean trusts = trusted.trusts(server.host(), server.port(), fingerprint);
        LOG.debug("SSH server {} has the key {}, which is {}", server, fingerprint, trusts ? "trusted" : "not trusted");
        return trusts ? OK : NOT_INCLUDED;
    }

    private static String fingerprint(byte[] key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(key);
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void add(HostKey key, UserInfo user) {}

    @Override
    public void remove(String host, String type) {}

    @Override
    public void remove(String host, String type, byte[] key) {}

    @Override
    public String getKnownHostsRepositoryID() {
        return "those that the host application trusts";
    }

    @Override
    public HostKey[] getHostKey() {
        return new HostKey[0];
    }

    @Override
    public HostKey[] getHostKey(@Nullable String host, @Nullable String type) {
        return new HostKey[0];
    }
}
