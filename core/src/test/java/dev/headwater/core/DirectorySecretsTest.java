package dev.headwater.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.headwater.spi.SecretReferenceException;
import dev.headwater.spi.SecretStoreException;
import dev.headwater.spi.SecretStoreException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Secrets in a directory")
class DirectorySecretsTest {

    @TempDir
    Path temp;

    private Path directory;
    private DirectorySecrets store;

    @BeforeEach
    void directory() throws IOException {
        directory = Files.createDirectory(temp.resolve("mount"));
        store = DirectorySecrets.in(directory);
    }

    @Test
    @DisplayName("are the bytes of a file, to the last line feed")
    void exact() throws IOException {
        Files.writeString(directory.resolve("db.password"), " påss \r\n");

        assertThat(store.fetchLatest("db.password").reveal()).isEqualTo(" påss \r\n");
    }

    @Test
    @DisplayName("are read anew each time")
    void changed() throws IOException {
        Files.writeString(directory.resolve("db"), "one");
        assertThat(store.fetchLatest("db").reveal()).isEqualTo("one");
        Files.writeString(directory.resolve("db"), "two");
        assertThat(store.fetchLatest("db").reveal()).isEqualTo("two");
    }

    @Test
    @DisplayName("may be links within the directory, as Kubernetes mounts them")
    void kubernetes() throws IOException {
        kubernetesVersion(1);
        Files.createSymbolicLink(directory.resolve("db"), Path.of("..data/db"));

        assertThat(store.fetchLatest("db").reveal()).isEqualTo("1");
        kubernetesVersion(2);
        assertThat(store.fetchLatest("db").reveal()).isEqualTo("2");
    }

    @Test
    @DisplayName("are always there while Kubernetes replaces them")
    void replaced() throws Exception {
        kubernetesVersion(0);
        Files.createSymbolicLink(directory.resolve("db"), Path.of("..data/db"));
        AtomicBoolean stop = new AtomicBoolean();
        CompletableFuture<Integer> reader = CompletableFuture.supplyAsync(() -> {
            int last = 0;
            while (!stop.get()) {
                int now = Integer.parseInt(store.fetchLatest("db").reveal());
                assertThat(now).isGreaterThanOrEqualTo(last);
                last = now;
            }
            return last;
        });
        for (int version = 1; version <= 300 && !reader.isDone(); version++) {
            kubernetesVersion(version);
            Files.delete(directory.resolve("..v" + (version - 1)).resolve("db"));
            Files.delete(directory.resolve("..v" + (version - 1)));
        }
        stop.set(true);

        assertThat(reader.get(30, TimeUnit.SECONDS)).isLessThanOrEqualTo(300);
    }

    /** What the kubelet does: a new directory, then one rename that turns the link {@code ..data} to it. */
    private void kubernetesVersion(int version) throws IOException {
        Path data = Files.createDirectory(directory.resolve("..v" + version));
        Files.writeString(data.resolve("db"), Integer.toString(version));
        Path link = Files.createSymbolicLink(directory.resolve("..data_tmp"), data.getFileName());
        Files.move(link, directory.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    }

    @Test
    @DisplayName("may lie behind a link to the directory itself")
    void linkedDirectory() throws IOException {
        Files.writeString(directory.resolve("db"), "x");
        Path link = Files.createSymbolicLink(temp.resolve("link"), directory);

        assertThat(DirectorySecrets.in(link).fetchLatest("db").reveal()).isEqualTo("x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "..data",
                "../outside",
                "a/b",
                "/etc/passwd",
                "a\\b",
                "db\n",
                "d b",
                "d\u00e4b",
                "db\0",
                "..%2foutside",
                "~"
            })
    @DisplayName("have names that lead nowhere else")
    void names(String name) throws IOException {
        Files.writeString(temp.resolve("outside"), "x");

        assertThatExceptionOfType(SecretReferenceException.class)
                .isThrownBy(() -> store.normalize(name))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(SecretReferenceException.Reason.MALFORMED))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n", "\0"));
        assertThatExceptionOfType(SecretReferenceException.class).isThrownBy(() -> store.fetchLatest(name));
    }

    @Test
    @DisplayName("have names of a bounded length")
    void longNames() {
        assertThat(store.normalize("a".repeat(253))).hasSize(253);
        assertThat(store.normalize(".a..b")).isEqualTo(".a..b");
        assertThatExceptionOfType(SecretReferenceException.class).isThrownBy(() -> store.normalize("a".repeat(254)));
    }

    @Test
    @DisplayName("are not there when there is no such file, or a link to none")
    void notFound() throws IOException {
        Files.createSymbolicLink(directory.resolve("dangling"), Path.of("gone"));

        assertFails("nope", Reason.NOT_FOUND, "is not there");
        assertFails("dangling", Reason.NOT_FOUND, "is not there");
    }

    @Test
    @DisplayName("are out of reach when the directory is not there, which is told apart")
    void noDirectory() {
        store = DirectorySecrets.in(temp.resolve("unmounted"));

        assertFails("db", Reason.UNAVAILABLE, "the directory is not there");
    }

    @Test
    @DisplayName("are not what links lead to outside the directory")
    void linkOut() throws IOException {
        Files.writeString(temp.resolve("outside"), "x");
        Files.createSymbolicLink(directory.resolve("relative"), Path.of("../outside"));
        Files.createSymbolicLink(directory.resolve("absolute"), temp.resolve("outside"));
        Files.createDirectory(temp.resolve("mount-2"));
        Files.writeString(temp.resolve("mount-2").resolve("db"), "x");
        Files.createSymbolicLink(directory.resolve("sibling"), Path.of("../mount-2/db"));

        assertFails("relative", Reason.ACCESS_DENIED, "leads out of the directory");
        assertFails("absolute", Reason.ACCESS_DENIED, "leads out of the directory");
        assertFails("sibling", Reason.ACCESS_DENIED, "leads out of the directory");
    }

    @Test
    @DisplayName("are not directories, and not links in a circle")
    void notAFile() throws IOException {
        Files.createDirectory(directory.resolve("folder"));
        Files.createSymbolicLink(directory.resolve("circle"), Path.of("circle"));

        assertFails("folder", Reason.UNUSABLE, "is not a regular file");
        assertFails("circle", Reason.UNAVAILABLE, "cannot be read");
    }

    @Test
    @DisplayName("are text")
    void bytes() throws IOException {
        Files.write(directory.resolve("bytes"), new byte[] {'s', (byte) 0xff, 'x'});

        assertFails("bytes", Reason.UNUSABLE, "is not UTF-8 text");
    }

    @Test
    @DisplayName("are at most a mebibyte")
    void size() throws IOException {
        Files.write(directory.resolve("big"), new byte[DirectorySecrets.MAX_BYTES]);
        Files.write(directory.resolve("bigger"), new byte[DirectorySecrets.MAX_BYTES + 1]);

        assertThat(store.fetchLatest("big").reveal()).hasSize(DirectorySecrets.MAX_BYTES);
        assertFails("bigger", Reason.UNUSABLE, "has more than 1048576 bytes");
    }

    private void assertFails(String name, Reason reason, String message) {
        assertThatExceptionOfType(SecretStoreException.class)
                .isThrownBy(() -> store.fetchLatest(name))
                .withMessageContainingAll(name, message)
                .satisfies(e -> assertThat(e.reason()).isEqualTo(reason))
                .satisfies(e -> assertThat(e.secretName()).isEqualTo(name))
                .withNoCause();
    }
}
