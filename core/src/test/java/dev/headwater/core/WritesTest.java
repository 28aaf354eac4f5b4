package dev.headwater.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.headwater.spi.Caller;
import dev.headwater.spi.Change;
import dev.headwater.spi.Commit;
import dev.headwater.spi.ConfigValue;
import dev.headwater.spi.DataSourceId;
import dev.headwater.spi.DataSourceRecord;
import dev.headwater.spi.LinkedSecretRef;
import dev.headwater.spi.SecretStoreException;
import dev.headwater.spi.TenancySettings;
import dev.headwater.spi.ValidationException;
import dev.headwater.spi.Violation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("Writing a data source")
class WritesTest {

    private final SettableClock clock = new SettableClock();
    private final Sources.MapSecretStore vault = new Sources.MapSecretStore();
    private final FakeConnector connector = new FakeConnector();
    private final DataSourceRegistry registry = DataSourceRegistry.builder()
            .clock(clock)
            .secretStore("vault", vault)
            .connectors(List.of(connector))
            .background(BackgroundSettings.off())
            .build();
    private final DataSources sources = registry.environment("production");

    @AfterEach
    void close() {
        registry.close();
    }

    @Nested
    @DisplayName("creating")
    class Creating {

        @Test
        @DisplayName("stores canonical keys, and shows that a secret is set and since when, not what it is")
        void storesCanonically() {
            DataSourceRecord created = sources.create(DataSourceDraft.of("POSTGRESQL", "orders")
                    .withConfig(Map.of(
                            "PGHOST", "db.example.com",
                            "PGPORT", "5432",
                            "PGDATABASE", "shop",
                            "PGUSER", "app",
                            "PGPASSWORD", "pl4nted-passw0rd")));
            assertThat(created.kind()).isEqualTo("postgresql");
            assertThat(created.config().keySet()).containsExactly("host", "port", "database", "username", "password");
            assertThat(created.config().get("port")).isEqualTo(new ConfigValue.Literal(5432L));
            assertThat(created.config().get("password"))
                    .isInstanceOfSatisfying(
                            ConfigValue.SecretLiteral.class,
                            secret -> assertThat(secret.setAt()).isEqualTo(clock.instant()));
            assertThat(created.toString()).doesNotContain("pl4nted");
            assertThat(sources.resolve(created.id()).required("password")).isEqualTo("pl4nted-passw0rd");
        }

        @Test
        @DisplayName("reports all that is wrong at once, and leaves nothing behind")
        void reportsEverything() {
            DataSourceDraft draft = DataSourceDraft.of("postgresql", "no good")
                    .with("hosst", "db.example.com")
                    .with("port", 70_000)
                    .with("password", "pl4nted-passw0rd")
                    .withLabel("", "x");
            ValidationException e = catchThrowableOfType(ValidationException.class, () -> sources.create(draft));
            assertThat(e.result().violations())
                    .extracting(Violation::field)
                    .contains("name", "hosst", "port", "host", "database", "username", "labels");
            assertThat(e.getMessage()).doesNotContain("pl4nted");
            assertThat(sources.history(Long.MAX_VALUE, 10)).isEmpty();
        }

        @Test
        @DisplayName("refuses a name that is taken, naming who has it")
        void nameTaken() {
            DataSourceRecord first = sources.create(Sources.postgres("orders"));
            assertThatThrownBy(() -> sources.create(Sources.postgres("orders")))
                    .isInstanceOfSatisfying(
                            NameTakenException.class,
                            e -> assertThat(e.holder()).isEqualTo(first.id()));
            assertThat(sources.create(Sources.postgres("Orders")).name()).isEqualTo("Orders");
        }

        @Test
        @DisplayName("takes the display name from a config that brings one, and refuses one that is for another name")
        void envelope() {
            DataSourceRecord created = sources.create(DataSourceDraft.of("POSTGRES", "orders")
                    .withConfig(Map.of("displayName", "Orders of the shop", "type", "direct", "dialect", "POSTGRES"))
                    .withConfig(Sources.postgres("orders").config()));
            assertThat(created.spec().displayName()).isEqualTo("Orders of the shop");
            assertThatThrownBy(() -> sources.create(Sources.postgres("two").with("name", "three")))
                    .isInstanceOf(ValidationException.class)
                    .hasMessageContaining("three");
        }

        @Test
        @DisplayName("stores nothing if the test that was asked for fails")
        void failingTest() {
            connector.onProbe = () -> {
                throw new IllegalStateException("no luck with pl4nted-passw0rd");
            };
            ConnectionTestFailedException e = catchThrowableOfType(
                    ConnectionTestFailedException.class,
                    () -> sources.create(Sources.postgres("orders"), WriteOptions.DEFAULT.requirePassingTest()));
            assertThat(e.report().passed()).isFalse();
            assertThat(e.getMessage()).contains("READ").doesNotContain("pl4nted");
            assertThat(sources.findByName("orders")).isEmpty();
            assertThat(sources.history(Long.MAX_VALUE, 10)).isEmpty();
        }

        @Test
        @DisplayName("stores if the test that was asked for passes, having tested with what is to be stored")
        void passingTest() {
            sources.create(Sources.postgres("orders"), WriteOptions.DEFAULT.requirePassingTest());
            assertThat(connector.opened)
                    .singleElement()
                    .satisfies(target ->
                            assertThat(target.config().required("password")).isEqualTo("pl4nted-passw0rd"));
            assertThat(sources.findByName("orders")).isPresent();
        }

        @Test
        @DisplayName("keeps tenancy settings, labels and texts")
        void keepsTheRest() {
            TenancySettings tenancy = new TenancySettings.PerTable(
                    "public", "tenants", "tenant", "id", TenancySettings.ClientColumnType.STRING);
            DataSourceRecord created = sources.create(Sources.postgres("orders")
                    .withTenancy(tenancy)
                    .withLabel("team", "core")
                    .withDisplayName("Orders")
                    .withDescription("What was sold"));
            assertThat(created.spec().tenancy()).isEqualTo(tenancy);
            assertThat(created.spec().labels()).containsEntry("team", "core");
            assertThat(created.spec().description()).isEqualTo("What was sold");
        }
    }

    @Nested
    @DisplayName("linking to a secret")
    class Linking {

        @Test
        @DisplayName("stores the local name, and fetches nothing until the value is needed")
        void links() {
            DataSourceRecord created =
                    sources.create(Sources.postgres("orders").with("password", LinkedSecretRef.of("orders-db")));
            assertThat(created.config().get("password"))
                    .isInstanceOfSatisfying(
                            ConfigValue.Linked.class,
                            linked -> assertThat(linked.secret().toString()).isEqualTo("vault:orders-db"));
            assertThat(vault.fetched).isEmpty();
            vault.values.put("orders-db", "from-the-vault");
            assertThat(sources.resolve(created.id()).required("password")).isEqualTo("from-the-vault");
        }

        @Test
        @DisplayName("refuses a reference that its store does not take, together with all else that is wrong")
        void refusesReferences() {
            ValidationException e = catchThrowableOfType(
                    ValidationException.class,
                    () -> sources.create(Sources.postgres("orders")
                            .with("password", LinkedSecretRef.of("NOT A NAME"))
                            .with("port", "x")));
            assertThat(e.result().violations()).extracting(Violation::field).contains("password", "port");
        }

        @Test
        @DisplayName("refuses a secret that is not there if that was asked for")
        void requireSecrets() {
            DataSourceDraft draft = Sources.postgres("orders").with("password", LinkedSecretRef.of("orders-db"));
            assertThatThrownBy(() -> sources.create(draft, WriteOptions.DEFAULT.requireSecrets()))
                    .isInstanceOf(SecretStoreException.class);
            assertThat(sources.findByName("orders")).isEmpty();
        }

        @Test
        @DisplayName("to what is linked already changes nothing")
        void sameLink() {
            DataSourceRecord created =
                    sources.create(Sources.postgres("orders").with("password", LinkedSecretRef.of("orders-db")));
            DataSourceRecord same =
                    sources.update(created.id(), DataSourcePatch.setting("password", LinkedSecretRef.of("orders-db")));
            assertThat(same).isEqualTo(created);
        }
    }

    @Nested
    @DisplayName("updating")
    class Updating {

        @Test
        @DisplayName("changes what is named and keeps the rest, secrets included")
        void patches() {
            DataSourceRecord before = sources.create(Sources.postgres("orders").withLabel("team", "core"));
            DataSourceRecord after = sources.update(before.id(), DataSourcePatch.setting("PGHOST", "new.example.com"));
            assertThat(after.config().get("host")).isEqualTo(new ConfigValue.Literal("new.example.com"));
            assertThat(after.config().get("password")).isEqualTo(before.config().get("password"));
            assertThat(after.spec().labels()).containsEntry("team", "core");
            assertThat(after.version()).isEqualTo(2);
            assertThat(sources.resolve(after.id()).required("password")).isEqualTo("pl4nted-passw0rd");
        }

        @Test
        @DisplayName("sets, links and clears a secret as three different things")
        void secrets() {
            DataSourceId id = sources.create(Sources.postgres("orders")).id();
            sources.update(id, DataSourcePatch.setting("password", "another-passw0rd"));
            assertThat(sources.resolve(id).required("password")).isEqualTo("another-passw0rd");
            sources.update(id, DataSourcePatch.setting("password", LinkedSecretRef.of("orders-db")));
            assertThat(sources.get(id).config().get("password")).isInstanceOf(ConfigValue.Linked.class);
            sources.update(id, DataSourcePatch.NONE.clear("password"));
            assertThat(sources.get(id).config()).doesNotContainKey("password");
            assertThat(sources.resolve(id).has("password")).isFalse();
        }

        @Test
        @DisplayName("makes no commit if nothing changes")
        void noChange() {
            DataSourceRecord before = sources.create(Sources.postgres("orders"));
            DataSourceRecord after = sources.update(before.id(), DataSourcePatch.setting("port", "5432"));
            assertThat(after).isEqualTo(before);
            assertThat(sources.history(Long.MAX_VALUE, 10)).hasSize(1);
        }

        @Test
        @DisplayName("is refused if the whole would not be valid after it")
        void staysValid() {
            DataSourceId id = sources.create(Sources.postgres("orders")).id();
            assertThatThrownBy(() -> sources.update(
                            id, DataSourcePatch.setting("ssh.enabled", true).clear("database")))
                    .isInstanceOfSatisfying(
                            ValidationException.class,
                            e -> assertThat(e.result().violations())
                                    .extracting(Violation::field)
                                    .contains("database", "ssh.host"));
            assertThat(sources.get(id).version()).isEqualTo(1);
        }

        @Test
        @DisplayName("at a version that is gone by tells who was first, and changes nothing")
        void versionConflict() {
            DataSourceRecord before = sources.create(Sources.postgres("orders"));
            sources.as(Caller.of("alice")).update(before.id(), DataSourcePatch.setting("port", 5433));
            VersionConflictException e = catchThrowableOfType(
                    VersionConflictException.class,
                    () -> sources.update(
                            before.id(),
                            DataSourcePatch.setting("port", 5434),
                            WriteOptions.ifVersion(before.version())));
            assertThat(e.expected()).isEqualTo(1);
            assertThat(e.actual()).isEqualTo(2);
            assertThat(e.getMessage()).contains("alice").contains("orders");
            assertThat(sources.get(before.id()).config().get("port")).isEqualTo(new ConfigValue.Literal(5433L));
        }

        @Test
        @DisplayName("clears texts and labels when told to")
        void clearsTexts() {
            DataSourceRecord before = sources.create(
                    Sources.postgres("orders").withDisplayName("Orders").withLabel("team", "core"));
            DataSourceRecord after = sources.update(
                    before.id(),
                    DataSourcePatch.NONE
                            .setDisplayName(null)
                            .setLabel("team", null)
                            .setDescription("new"));
            assertThat(after.spec().displayName()).isNull();
            assertThat(after.spec().labels()).isEmpty();
            assertThat(after.spec().description()).isEqualTo("new");
        }

        @Test
        @DisplayName("sets, keeps and clears tenancy settings")
        void tenancy() {
            DataSourceId id = sources.create(Sources.postgres("orders")).id();
            TenancySettings perDatabase = new TenancySettings.PerDatabase();
            sources.update(id, DataSourcePatch.NONE.setTenancy(perDatabase));
            sources.update(id, DataSourcePatch.setting("port", 5433));
            assertThat(sources.get(id).spec().tenancy()).isEqualTo(perDatabase);
            sources.update(id, DataSourcePatch.NONE.setTenancy(null));
            assertThat(sources.get(id).spec().tenancy()).isNull();
        }

        @Test
        @DisplayName("tells in the history which fields changed, and no value")
        void history() {
            DataSourceId id = sources.create(Sources.postgres("orders")).id();
            sources.update(
                    id,
                    DataSourcePatch.setting("password", "another-passw0rd")
                            .set("port", 5433)
                            .rename("sales"),
                    WriteOptions.DEFAULT.because("moved"));
            Commit commit = sources.history(id, Long.MAX_VALUE, 10).get(0);
            assertThat(commit.message()).isEqualTo("moved");
            assertThat(commit.stamp().by()).isEqualTo("host");
            assertThat(commit.change())
                    .isInstanceOfSatisfying(
                            Change.Updated.class,
                            updated -> assertThat(updated.changed()).containsExactly("name", "password", "port"));
            assertThat(commit.toString()).doesNotContain("another-passw0rd");
        }
    }

    @Nested
    @DisplayName("replacing")
    class Replacing {

        @Test
        @DisplayName("drops what the new config leaves out")
        void drops() {
            DataSourceRecord before = sources.create(
                    Sources.postgres("orders").with("schema", "public").withLabel("team", "core"));
            DataSourceRecord after = sources.replace(
                    before.id(),
                    DataSourceDraft.of("postgresql", "orders")
                            .withConfig(Map.of("host", "h", "port", 1, "database", "d", "username", "u")),
                    WriteOptions.DEFAULT);
            assertThat(after.config().keySet()).containsExactly("host", "port", "database", "username");
            assertThat(after.spec().labels()).isEmpty();
            assertThat(after.created()).isEqualTo(before.created());
        }

        @Test
        @DisplayName("never changes the kind")
        void kindStays() {
            DataSourceId id = sources.create(Sources.postgres("orders")).id();
            DataSourceDraft other = DataSourceDraft.of("duckdb", "orders").with("database", ":memory:");
            assertThatThrownBy(() -> sources.replace(id, other, WriteOptions.DEFAULT))
                    .isInstanceOf(ValidationException.class)
                    .hasMessageContaining("kind is duckdb, expected postgresql");
        }
    }

    @Nested
    @DisplayName("deleting")
    class Deleting {

        @Test
        @DisplayName("tells gone and never there apart")
        void goneAndMissing() {
            DataSourceId id = sources.create(Sources.postgres("orders")).id();
            sources.as(Caller.of("bob")).delete(id);
            assertThatThrownBy(() -> sources.delete(id))
                    .isInstanceOf(DataSourceGoneException.class)
                    .hasMessageContaining("bob");
            assertThatThrownBy(() -> sources.update(id, DataSourcePatch.setting("port", 1)))
                    .isInstanceOf(DataSourceGoneException.class);
            assertThatThrownBy(() -> sources.delete(DataSourceId.of("nobody")))
                    .isInstanceOf(DataSourceNotFoundException.class);
            assertThat(sources.find(id)).isEmpty();
        }

        @Test
        @DisplayName("names the version that it saw, too")
        void deleteAtVersion() {
            DataSourceRecord before = sources.create(Sources.postgres("orders"));
            sources.update(before.id(), DataSourcePatch.setting("port", 1));
            assertThatThrownBy(() -> sources.delete(before.id(), WriteOptions.ifVersion(1)))
                    .isInstanceOf(VersionConflictException.class);
            sources.delete(before.id(), WriteOptions.ifVersion(2).because("not needed"));
            assertThat(sources.history(before.id(), Long.MAX_VALUE, 1).get(0).message())
                    .isEqualTo("not needed");
        }
    }

    @Test
    @DisplayName("renaming keeps the id, frees the old name, and refuses one that is not allowed")
    void renames() {
        DataSourceRecord before = sources.create(Sources.postgres("orders"));
        sources.rename(before.id(), "sales");
        assertThat(sources.getByName("sales").id()).isEqualTo(before.id());
        assertThat(sources.findByName("orders")).isEmpty();
        assertThat(sources.create(Sources.postgres("orders")).id()).isNotEqualTo(before.id());
        assertThatThrownBy(() -> sources.rename(before.id(), "no-hyphens"))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("letters, digits and underscores");
    }
}
