package dev.headwater.core.internal.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.headwater.spi.LinkedSecret;
import dev.headwater.spi.LinkedSecretRef;
import dev.headwater.spi.SecretReferenceException;
import dev.headwater.spi.SecretReferenceException.Reason;
import dev.headwater.spi.SecretStore;
import dev.headwater.spi.SecretStoreException;
import dev.headwater.spi.SecretValue;
import dev.headwater.spi.ValueEncoding;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("Several secret stores")
class SecretStoresTest {

    private final Map<String, SecretStore> registered = new LinkedHashMap<>();

    {
        registered.put("main", ScopedStore.of("aws", "one"));
        registered.put("second", ScopedStore.of("aws", "two"));
        registered.put("other", ScopedStore.of("gcp", "p"));
    }

    private final SecretStores stores = new SecretStores(registered, "main");

    @Nested
    @DisplayName("link a reference")
    class Linking {

        @Test
        @DisplayName("to the default store when it is a bare name")
        void bareName() {
            assertThat(link("db")).isEqualTo(new LinkedSecret("main", "db", null, ValueEncoding.PLAIN));
        }

        @Test
        @DisplayName("to the default store in the case that the store keeps")
        void foldedCase() {
            registered.put("main", new FoldingStore(ScopedStore.of("aws", "one")));

            assertThat(new SecretStores(registered, "main").link(LinkedSecretRef.of("DB"), ValueEncoding.PLAIN))
                    .hasToString("main:db");
        }

        @Test
        @DisplayName("to the store that is named, with field and encoding")
        void named() {
            LinkedSecret linked =
                    stores.link(LinkedSecretRef.of("db").inStore("other").atField("/password"), ValueEncoding.BASE64);

            assertThat(linked).isEqualTo(new LinkedSecret("other", "db", "/password", ValueEncoding.BASE64));
        }

        @Test
        @DisplayName("to the store that takes it as its full identifier, the default one or another")
        void identifier() {
            assertThat(link("aws:one:db")).hasToString("main:db");
            assertThat(link("aws:two:db")).hasToString("second:db");
            assertThat(link("gcp:p:db")).hasToString("other:db");
        }

        @Test
        @DisplayName("to the default store when two take the identifier and it is one of them")
        void defaultFirst() {
            registered.put("twin", ScopedStore.of("aws", "one"));

            assertThat(new SecretStores(registered, "main").link(LinkedSecretRef.of("aws:one:db"), ValueEncoding.PLAIN))
                    .hasToString("main:db");
        }

        @Test
        @DisplayName("to no store by guessing when two others take the identifier")
        void twoTakers() {
            registered.put("twin", ScopedStore.of("aws", "two"));

            assertRefused("aws:two:db", Reason.UNKNOWN_STORE).withMessageContaining("second, twin; name the store");
        }

        @Test
        @DisplayName("to no store by guessing when it is a name in the default one and an identifier in another")
        void nameAndIdentifier() {
            registered.put("main", ScopedStore.of("aws", "one").named("[a-z:]+"));

            assertRefused("gcp:p:db", Reason.UNKNOWN_STORE)
                    .withMessageContaining("store main takes it as a name")
                    .withMessageContaining("other; name the store");
        }

        @Test
        @DisplayName("never to another store because its name is not legal in the default one")
        void bareNameOfAnother() {
            registered.put("loose", ScopedStore.of("gcp", "q").named("[a-z_]+"));

            assertRefused("db_password", Reason.MALFORMED)
                    .withMessageContainingAll("main (default): one says no name", "loose: would take it as a name");
        }

        @Test
        @DisplayName("to none, telling what each store says, when none takes it")
        void taken() {
            assertRefused("aws:three:db", Reason.UNKNOWN_STORE)
                    .withMessageContainingAll(
                            "main (default): one says expected aws:one:",
                            "second: two says expected aws:two:",
                            "other: p says no name")
                    .satisfies(e -> assertThat(e.reference()).isEqualTo("aws:three:db"))
                    .satisfies(e -> assertThat(e.expected()).isEqualTo("aws:one; aws:two; gcp:p"));
            assertRefused("AWS", Reason.MALFORMED);
        }

        @Test
        @DisplayName("to none when a version is pinned, and says so first")
        void pinned() {
            assertRefused("gcp:p:db#3", Reason.PINNED_VERSION).withMessageContaining("other: p says pinned");
        }

        @Test
        @DisplayName("to none of a single store, in its own words")
        void single() {
            registered.keySet().retainAll(Set.of("main"));

            assertRefused("aws:two:db", Reason.WRONG_STORE).withMessage("one says expected aws:one:");
        }

        @Test
        @DisplayName("to none that is not registered")
        void unknownStore() {
            assertThatExceptionOfType(SecretReferenceException.class)
                    .isThrownBy(() -> stores.link(LinkedSecretRef.of("db").inStore("vault"), ValueEncoding.PLAIN))
                    .withMessage("no secret store is registered as vault; registered: main, second, other")
                    .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.UNKNOWN_STORE));
            assertThatExceptionOfType(SecretReferenceException.class)
                    .isThrownBy(
                            () -> new SecretStores(Map.of(), null).link(LinkedSecretRef.of("db"), ValueEncoding.PLAIN))
                    .withMessageContaining("no secret store is registered")
                    .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.UNKNOWN_STORE));
        }

        @Test
        @DisplayName("and print it without control characters")
        void controlCharacters() {
            assertRefused("db\n[main] INFO all is well\u001b[2J", Reason.MALFORMED)
                    .withMessageContaining("db\\u000a[main] INFO all is well\\u001b[2J");
        }

        private LinkedSecret link(String reference) {
            return stores.link(LinkedSecretRef.of(reference), ValueEncoding.PLAIN);
        }

        private ThrowableAssertAlternative<SecretReferenceException> assertRefused(String reference, Reason reason) {
            SecretStores changed = new SecretStores(registered, "main");
            return assertThatExceptionOfType(SecretReferenceException.class)
                    .isThrownBy(() -> changed.link(LinkedSecretRef.of(reference), ValueEncoding.PLAIN))
                    .satisfies(e -> assertThat(e.reason()).isEqualTo(reason));
        }
    }

    @Nested
    @DisplayName("read a linked secret")
    class Reading {

        @Test
        @DisplayName("from its store, then its field, then its encoding")
        void allSteps() {
            // {"keys":["c2VjcmV0"]}, whose one key is Base64 of "secret"
            registered.put("json", ScopedStore.holding(name -> SecretValue.of("{\"keys\":[\"c2VjcmV0\"]}")));
            SecretStores all = new SecretStores(registered, "main");

            assertThat(read(all, new LinkedSecret("second", "db", null, ValueEncoding.PLAIN))
                            .reveal())
                    .isEqualTo("two/db");
            assertThat(read(all, new LinkedSecret("json", "db", "/keys/0", ValueEncoding.BASE64))
                            .reveal())
                    .isEqualTo("secret");
        }

        @Test
        @DisplayName("with the error of the store as it is")
        void storeError() {
            SecretStoreException failure =
                    new SecretStoreException(SecretStoreException.Reason.DISABLED, "db", "disabled", null);
            SecretStores failing = single(name -> {
                throw failure;
            });

            assertThatExceptionOfType(SecretStoreException.class)
                    .isThrownBy(() -> failing.fetch("only", "db"))
                    .isSameAs(failure);
        }

        @Test
        @DisplayName("with a typed error, and without its words, when a store breaks its promise")
        void brokenStore() {
            SecretStores failing = single(name -> {
                throw new IllegalStateException(Planted.SECRET);
            });

            assertThatExceptionOfType(SecretStoreException.class)
                    .isThrownBy(() -> failing.fetch("only", "db"))
                    .withMessageContainingAll("only", "db", "IllegalStateException")
                    .satisfies(e -> assertThat(e.reason()).isEqualTo(SecretStoreException.Reason.UNAVAILABLE))
                    .satisfies(Planted::notIn);
        }

        @Test
        @DisplayName("not when its store is no longer registered")
        void storeGone() {
            assertThatExceptionOfType(SecretReferenceException.class)
                    .isThrownBy(() -> stores.fetch("gone", "db"))
                    .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.UNKNOWN_STORE));
        }

        private static SecretValue read(SecretStores stores, LinkedSecret link) {
            return LinkedValue.read(link, stores.fetch(link.store(), link.name()));
        }

        private SecretStores single(Function<String, SecretValue> secrets) {
            return new SecretStores(Map.of("only", ScopedStore.holding(secrets)), "only");
        }
    }

    @Test
    @DisplayName("need a default one that is among them")
    void defaultStore() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SecretStores(registered, "vault"))
                .withMessage("the default secret store is vault, registered are [main, second, other]");
        assertThatIllegalArgumentException().isThrownBy(() -> new SecretStores(registered, null));
        assertThat(stores.names()).containsExactly("main", "second", "other");
    }

    /** A store, such as Azure's, that does not tell upper from lower case. */
    private record FoldingStore(SecretStore store) implements SecretStore {

        @Override
        public String description() {
            return store.description();
        }

        @Override
        public String normalize(String reference) {
            return store.normalize(reference.toLowerCase(Locale.ROOT));
        }

        @Override
        public SecretValue fetchLatest(String name) {
            return store.fetchLatest(name);
        }

        @Override
        public void close() {}
    }
}
