package dev.headwater.connectors;

import dev.headwater.spi.Cancellation;
import dev.headwater.spi.ClientSettings;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.Connector;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.NetworkPolicy;
import dev.headwater.spi.ResolvedConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs in a class loader without drivers; it speaks to the test in texts, since their other classes differ. */
public final class MissingDriverProbe {

    /** What the kinds ask for before they look for a driver. */
    private static final Map<String, Object> CONFIG = Map.ofEntries(
            Map.entry("host", "127.0.0.1"),
            Map.entry("port", 443L),
            Map.entry("database", "orders"),
            Map.entry("catalog", "c"),
            Map.entry("schema", "s"),
            Map.entry("username", "app"),
            Map.entry("password", "p"),
            Map.entry("account", "a"),
            Map.entry("warehouse", "w"),
            Map.entry("bootstrap_servers", "127.0.0.1:1"),
            Map.entry("topic", "orders"),
            Map.entry("server_type", "self-managed"),
            Map.entry("server_url", "https://127.0.0.1:1"));

    private MissingDriverProbe() {}

    /** {@return how opening a session ends, and how making a client does} */
    public static List<String> use(String what) {
        String kind = what.split(" ")[0];
        Map<String, Object> config = new HashMap<>(CONFIG);
        if (kind.equals("databricks")) {
            config.putAll(Map.of("http_path", "/sql/1.0/warehouses/a", "access_token", "t"));
        }
        if (what.endsWith("tunnel")) {
            config.putAll(Map.of("ssh.enabled", true, "ssh.host", "127.0.0.1", "ssh.username", "tunnel"));
        }
        Connector connector = Connectors.all().stream()
                .filter(one -> one.kinds().contains(kind))
                .findFirst()
                .orElseThrow();
        ConnectionTarget target = new ConnectionTarget(
                kind,
                ResolvedConfig.of(config),
                NetworkPolicy.refuseLinkLocal(),
                Duration.ofSeconds(1),
                new Cancellation());
        List<String> answers = new ArrayList<>();
        try {
            connector.open(target).close();
            answers.add("opened");
        } catch (ConnectorException e) {
            answers.add(e.failure() + " " + e.getMessage() + " " + e.hint());
        }
        try {
            connector.client(target, new ClientSettings("pool", 1)).close();
            answers.add("made");
        } catch (ConnectorException e) {
            answers.add(e.failure() + " " + e.getMessage() + " " + e.hint());
        }
        return answers;
    }
}
