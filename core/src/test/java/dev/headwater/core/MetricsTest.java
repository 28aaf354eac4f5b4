package dev.headwater.core;

import static dev.headwater.core.Sources.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.spi.LinkedSecretRef;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Metrics")
class MetricsTest {

    private static final Path PAGE =
            Path.of(System.getProperty("basedir", "")).resolveSibling("docs").resolve("metrics.md");
    private static final Pattern ROW = Pattern.compile("^\\| `(headwater\\.[a-z.]+)` \\| [a-z]+ \\|([^|]*)\\|.*");

    /** A registry that has done a little of everything. */
    private static List<String> metersOfABusyRegistry(SimpleMeterRegistry meters) throws InterruptedException {
        FakeConnector connector = new FakeConnector();
        Sources.MapSecretStore vault = new Sources.MapSecretStore();
        vault.values.put("db-password", "l1nked-passw0rd");
        try (DataSourceRegistry registry = DataSourceRegistry.builder()
                .metrics(meters)
                .connectors(List.of(connector))
                .secretStore("vault", vault)
                .build()) {
            DataSources sources = registry.environment("secret-environment");
            var orders = sources.create(Sources.postgres("orders").with("password", LinkedSecretRef.of("db-password")));
            sources.sync(orders.id()).join();
            sources.test(orders.id());
            sources.deploy();
            sources.connections().client("orders", String.class);
            eventually(() -> meters.find("headwater.health.changes").counter() != null
                    && meters.find("headwater.tasks")
                                    .tag("type", "health_check")
                                    .timer()
                            != null);
            assertThat(meters.get("headwater.clients").gauge().value()).isEqualTo(1);
            assertThat(meters.get("headwater.staleness").timeGauge().value()).isGreaterThanOrEqualTo(0);
            assertThat(meters.get("headwater.operations")
                            .tags("operation", "create", "outcome", "success")
                            .timer()
                            .count())
                    .isEqualTo(1);
            assertThat(meters.get("headwater.secrets.fetches").timer().count()).isEqualTo(1);
            return meters.getMeters().stream().map(MetricsTest::shown).toList();
        }
    }

    private static String shown(Meter meter) {
        return meter.getId().getName() + " "
                + meter.getId().getTags().stream().map(Tag::getKey).collect(Collectors.joining(" "));
    }

    @Test
    @DisplayName("are those that the page tells, with these tags")
    void asDocumented() throws IOException, InterruptedException {
        Set<String> told = new TreeSet<>();
        for (String line : Files.readAllLines(PAGE)) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                String tags = Stream.of(row.group(2).split(","))
                        .map(tag -> tag.strip().replace("`", ""))
                        .sorted()
                        .collect(Collectors.joining(" "));
                told.add((row.group(1) + " " + tags).strip());
            }
        }
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        Set<String> made = metersOfABusyRegistry(meters).stream()
                .map(String::strip)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(made).isEqualTo(told);
    }

    @Test
    @DisplayName("hold no name, no id and no value of a config")
    void nothingSecret() throws InterruptedException {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        List<String> unused = metersOfABusyRegistry(meters);
        List<String> values = new ArrayList<>();
        meters.getMeters().forEach(meter -> meter.getId().getTags().forEach(tag -> values.add(tag.getValue())));
        assertThat(values)
                .isNotEmpty()
                .allMatch(value -> value.matches("[a-z0-9_-]{1,40}"))
                .doesNotContain("orders", "secret-environment", "db-password", "app", "shop");
    }

    @Test
    @DisplayName("go when the registry closes, as far as they show how it stands")
    void closed() throws InterruptedException {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        List<String> unused = metersOfABusyRegistry(meters);
        assertThat(meters.find("headwater.clients").gauge()).isNull();
        assertThat(meters.find("headwater.secrets.hits").functionCounter()).isNull();
    }

    @Test
    @DisplayName("need Micrometer, and nothing else does")
    void withoutMicrometer() throws Throwable {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(System.getProperty("path.separator"))) {
            if (!entry.contains("micrometer")) {
                urls.add(Path.of(entry).toUri().toURL());
            }
        }
        try (URLClassLoader loader =
                new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            Class<?> type = Class.forName("dev.headwater.core.DataSourceRegistry", true, loader);
            Object builder = type.getMethod("builder").invoke(null);
            // as a call that was compiled finds it: listing all methods would look for Micrometer
            Object registry = MethodHandles.publicLookup()
                    .findVirtual(builder.getClass(), "build", MethodType.methodType(type))
                    .invoke(builder);
            type.getMethod("environment", String.class).invoke(registry, "production");
            type.getMethod("close").invoke(registry);
        }
    }
}
