package dev.headwater.connectors;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;

/** What {@code kinds/<kind>.properties} of the test resources says of a kind. */
record KindFacts(String kind, Properties properties) {

    /** {@return the facts of all kinds that are tested, in the order of their ids} */
    static List<KindFacts> all() {
        try (Stream<Path> files = Files.list(Path.of(
                Objects.requireNonNull(KindFacts.class.getResource("/kinds")).toURI()))) {
            return files.sorted().map(KindFacts::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KindFacts read(Path file) {
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(file)) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new KindFacts(file.getFileName().toString().replace(".properties", ""), properties);
    }

    /** {@return a fact that each kind has} */
    String fact(String name) {
        String value = properties.getProperty(name);
        if (value == null || value.isBlank()) {
            throw new IllegalStateException("kinds/" + kind + ".properties does not say " + name);
        }
        return value.strip();
    }

    KindFixture fixture() {
        try {
            return (KindFixture)
                    Class.forName(fact("fixture")).getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(kind, e);
        }
    }

    @Override
    public String toString() {
        return kind;
    }
}
