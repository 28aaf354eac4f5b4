package dev.headwater.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.headwater.spi.LinkedSecret;
import dev.headwater.spi.SecretReferenceException;
import dev.headwater.spi.SecretStore;
import dev.headwater.spi.SecretStoreException;
import dev.headwater.spi.SecretStoreException.Reason;
import dev.headwater.testkit.internal.Leaks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * Says when a {@link SecretStore} is right. An author of one extends it, says how to get a store and how to put a secret
 * into what it reads from, and says yes or no to what not every store can do.
 *
 * <pre>{@code
 * class MySecretStoreTest extends SecretStoreContract {
 *     private final MyServer server = new MyServer();
 *
 *     protected SecretStore store() { return new MySecretStore(server.url()); }
 *     protected void put(String name, String value) { server.put(name, value); }
 *     protected void disable(String name) { server.disable(name); }
 *     protected void deny(String name) { server.deny(name); }
 *     protected SecretStore unreachable() { return new MySecretStore("http://127.0.0.1:1"); }
 *     protected Map<String, String> identifiers() { return Map.of("my://here/db", "db"); }
 *     protected List<String> identifiersElsewhere() { return List.of("my://there/db"); }
 *     protected List<String> pinnedVersions() { return List.of("my://here/db/3"); }
 * }
 * }</pre>
 *
 * <p>Secrets are put under names of lower case letters only. The tests run in one thread, one after the other.
 */
public abstract class SecretStoreContract {

    private static final String SECRET = "pl4nted-S3cret-value";
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private SecretStore store;

    /** An instance of the contract, for one test. */
    @SuppressWarnings("NullAway.Init") // set before each test
    protected SecretStoreContract() {}

    /** A new store over what {@link #put} writes to. Called before each test; the contract closes it. */
    protected abstract SecretStore store();

    /** Sets a secret, or rotates it. */
    protected abstract void put(String name, String value);

    /** {@return whether secrets have full identifiers} If not, the store takes names only. */
    protected boolean hasIdentifiers() {
        return true;
    }

    /** {@return full identifiers of the store's own scope, each with the local name that it means} */
    protected Map<String, String> identifiers() {
        throw new UnsupportedOperationException("override identifiers(), or let hasIdentifiers() say no");
    }

    /** {@return full identifiers of other scopes (accounts, regions, projects, vaults)} */
    protected List<String> identifiersElsewhere() {
        throw new UnsupportedOperationException("override identifiersElsewhere(), or let hasIdentifiers() say no");
    }

    /** {@return references in the store's own scope that ask for a certain version} */
    protected List<String> pinnedVersions() {
        throw new UnsupportedOperationException("override pinnedVersions(), or let hasIdentifiers() say no");
    }

    /** {@return references that are neither names nor identifiers, beyond those that no store may take} */
    protected List<String> malformed() {
        return List.of();
    }

    /** {@return whether a secret that is there can be disabled} */
    protected boolean canDisable() {
        return true;
    }

    /** Disables a secret that was put. */
    protected void disable(String name) {
        throw new UnsupportedOperationException("override disable(name), or let canDisable() say no");
    }

    /** {@return whether the reader can be denied a secret} */
    protected boolean canDeny() {
        return true;
    }

    /** Takes the store's right to read a secret that was put. */
    protected void deny(String name) {
        throw new UnsupportedOperationException("override deny(name), or let canDeny() say no");
    }

    /** {@return whether there is something that the store must reach} */
    protected boolean canBeUnreachable() {
        return true;
    }

    /** {@return a store that cannot reach what it reads from, such as one of a port where nobody listens} */
    protected SecretStore unreachable() {
        throw new UnsupportedOperationException("override unreachable(), or let canBeUnreachable() say no");
    }

    @BeforeEach
    final void openStore() {
        store = store();
    }

    @AfterEach
    final void closeStore() {
        store.close();
    }

    @Nested
    @DisplayName("A reference")
    class References {

        @Test
        @DisplayName("that is a name is taken as it is, whether or not there is such a secret")
        void names() {
            for (String name : List.of("db", "a", "password")) {
                assertThat(store.normalize(name)).isEqualTo(name);
            }
        }

        @Test
        @DisplayName("has an identity, by which its secret can be fetched, and which no other secret has")
        void identity() {
            put("db", "first");
            put("dbb", "second");
            for (String name : List.of("db", "dbb")) {
                String identity = store.identity(name);
                assertThat(store.identity(identity))
                        .as("the identity of an identity")
                        .isEqualTo(identity);
                assertThat(store.fetchLatest(identity).reveal())
                        .as("the value of %s, fetched by its identity", name)
                        .isEqualTo(store.fetchLatest(name).reveal());
            }
            assertThat(store.identity("db")).as("identities of two secrets").isNotEqualTo(store.identity("dbb"));
        }

        @Test
        @DisplayName("that is a full identifier of the store's scope becomes the local name")
        void ownIdentifiers() {
            if (!hasIdentifiers()) {
                assertUnsupported(SecretStoreContract.this::identifiers);
                for (String identifier : List.of(
                        "arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf",
                        "projects/p/secrets/db",
                        "https://v.vault.azure.net/secrets/db")) {
                    assertRefused(identifier, SecretReferenceException.Reason.MALFORMED);
                }
                return;
            }
            assertThat(identifiers()).isNotEmpty();
            identifiers().forEach((identifier, name) -> {
                assertThat(store.normalize(identifier)).as(identifier).isEqualTo(name);
                assertThat(store.normalize(name)).as("%s again", name).isEqualTo(name);
                assertThat(name).hasSizeLessThanOrEqualTo(LinkedSecret.MAX_NAME_LENGTH);
            });
        }

        @Test
        @DisplayName("to another scope is refused, with what was expected and what was given")
        void otherScopes() {
            if (!hasIdentifiers()) {
                assertUnsupported(SecretStoreContract.this::identifiersElsewhere);
                return;
            }
            assertThat(identifiersElsewhere()).isNotEmpty();
            for (String identifier : identifiersElsewhere()) {
                SecretReferenceException refusal =
                        assertRefused(identifier, SecretReferenceException.Reason.WRONG_STORE);
                assertThat(refusal.expected())
                        .as("expected, for %s", identifier)
                        .isNotBlank();
                assertThat(refusal).hasMessageContaining(identifier);
            }
        }

        @Test
        @DisplayName("to a certain version is refused")
        void versions() {
            if (!hasIdentifiers()) {
                assertUnsupported(SecretStoreContract.this::pinnedVersions);
                return;
            }
            assertThat(pinnedVersions()).isNotEmpty();
            for (String reference : pinnedVersions()) {
                assertRefused(reference, SecretReferenceException.Reason.PINNED_VERSION);
            }
        }

        @Test
        @DisplayName("that is no reference is refused from end to end, and not mended")
        void noReferences() {
            List<String> references = new ArrayList<>(malformed());
            references.addAll(List.of(
                    "",
                    " ",
                    " db",
                    "db ",
                    "db\n",
                    "\ndb",
                    "db\r\n",
                    "db\t",
                    "d b",
                    "db\0",
                    "d\u001b[2Jb",
                    "sécret",
                    "db\u2028",
                    "\uD83D\uDD11",
                    "db*",
                    "${db}",
                    "a".repeat(LinkedSecret.MAX_NAME_LENGTH + 1)));
            for (String reference : references) {
                assertRefused(reference, SecretReferenceException.Reason.MALFORMED);
            }
        }

        private SecretReferenceException assertRefused(String reference, SecretReferenceException.Reason reason) {
            SecretReferenceException refusal =
                    catchThrowableOfType(SecretReferenceException.class, () -> store.normalize(reference));
            assertThat(refusal).as("refusal of <%s>", reference).isNotNull();
            assertThat(refusal.reason()).as("reason for <%s>", reference).isEqualTo(reason);
            assertThat(refusal.reference())
                    .as("the reference that the refusal names")
                    .isEqualTo(reference);
            assertThat(String.valueOf(refusal.getMessage()).chars())
                    .as("message without control characters, for <%s>", reference)
                    .noneMatch(Character::isISOControl);
            return refusal;
        }
    }

    @Nested
    @DisplayName("A fetch")
    class Fetching {

        @Test
        @DisplayName("gives the value to the last character")
        void exact() {
            List<String> values = List.of(
                    SECRET,
                    " spaces around ",
                    "line\nfeed at the end\n",
                    "\r\n\ttabs\t",
                    "quotes \" ' ` \\ and braces {} ${x} %s",
                    "påss wörd 密码 🔑",
                    "{\"password\": \"x\"}",
                    "long ".repeat(4_000));
            for (String value : values) {
                put("db", value);
                assertThat(store.fetchLatest("db").reveal())
                        .as("the value, to the last character")
                        .isEqualTo(value);
            }
        }

        @Test
        @DisplayName("gives the latest value after a rotation")
        void rotated() {
            put("db", "first");
            assertThat(store.fetchLatest("db").reveal()).isEqualTo("first");
            for (String next : List.of("second", "first")) {
                put("db", next);
                assertThat(store.fetchLatest("db").reveal())
                        .as("the value after a rotation")
                        .isEqualTo(next);
            }
        }

        @Test
        @DisplayName("gives each secret its own value, also to many threads")
        void threads() throws Exception {
            List<String> names = List.of("one", "two", "three", "four");
            names.forEach(name -> put(name, "value of " + name));
            ExecutorService threads = Executors.newFixedThreadPool(8);
            try {
                List<Callable<String>> fetches = new ArrayList<>();
                for (int i = 0; i < 80; i++) {
                    String name = names.get(i % names.size());
                    fetches.add(() -> name + "=" + store.fetchLatest(name).reveal());
                }
                for (Future<String> fetch : threads.invokeAll(fetches, DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
                    String[] found = fetch.get().split("=", 2);
                    assertThat(found[1]).isEqualTo("value of " + found[0]);
                }
            } finally {
                threads.shutdownNow();
            }
        }

        @Test
        @DisplayName("of a secret that is not there is told as not found")
        void notFound() {
            put("other", SECRET);
            assertFails(store, "missing", Reason.NOT_FOUND);
        }

        @Test
        @DisplayName("of a disabled secret is told as such")
        void disabled() {
            if (!canDisable()) {
                assertUnsupported(() -> disable("db"));
                return;
            }
            put("db", SECRET);
            disable("db");
            assertFails(store, "db", Reason.DISABLED);
        }

        @Test
        @DisplayName("of a secret that may not be read is told as such, and the others still are read")
        void denied() {
            if (!canDeny()) {
                assertUnsupported(() -> deny("db"));
                return;
            }
            put("db", SECRET);
            put("other", "value of other");
            deny("db");
            assertFails(store, "db", Reason.ACCESS_DENIED);
            assertThat(store.fetchLatest("other").reveal()).isEqualTo("value of other");
        }

        @Test
        @DisplayName("is the first to notice that there is nothing to connect to, and ends")
        void unavailable() throws Exception {
            if (!canBeUnreachable()) {
                assertUnsupported(SecretStoreContract.this::unreachable);
                return;
            }
            ExecutorService thread = Executors.newSingleThreadExecutor();
            try (SecretStore alone = unreachable()) {
                assertThat(alone.normalize("db")).isEqualTo("db");
                thread.submit(() -> assertFails(alone, "db", Reason.UNAVAILABLE))
                        .get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
            } finally {
                thread.shutdownNow();
            }
        }

        private void assertFails(SecretStore from, String name, Reason reason) {
            SecretStoreException failure =
                    catchThrowableOfType(SecretStoreException.class, () -> from.fetchLatest(name));
            assertThat(failure).as("failure of the fetch of %s", name).isNotNull();
            assertThat(failure.reason()).as("reason for %s", name).isEqualTo(reason);
            assertThat(failure.secretName()).isEqualTo(name);
            assertThat(failure).hasMessageContaining(name);
            Leaks.assertNotIn(SECRET, failure);
        }
    }

    @Nested
    @DisplayName("A store")
    class Whole {

        @Test
        @DisplayName("describes itself in one line, without secrets")
        void description() {
            put("db", SECRET);
            store.fetchLatest("db");

            assertThat(store.description()).isNotBlank().doesNotContain("\n", SECRET);
            assertThat(store.toString()).doesNotContain(SECRET);
        }

        @Test
        @DisplayName("can be closed twice, used or not")
        void closing() {
            assertThatCode(() -> {
                        store.close();
                        store.close();
                    })
                    .as("closing twice")
                    .doesNotThrowAnyException();
            put("db", SECRET);
            SecretStore used = store();
            used.fetchLatest("db");
            assertThatCode(() -> {
                        used.close();
                        used.close();
                    })
                    .as("closing twice")
                    .doesNotThrowAnyException();
        }
    }

    /** A "no" of a capability stands only as long as nobody says how to do it. */
    private static void assertUnsupported(Runnable hook) {
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .as("the store says that it cannot do this, and the test shows how")
                .isThrownBy(hook::run);
    }
}
