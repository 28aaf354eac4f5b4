package dev.headwater.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.headwater.connectors.Connectors;
import dev.headwater.core.AccessPolicy;
import dev.headwater.core.Action;
import dev.headwater.core.DataSourceDraft;
import dev.headwater.core.DataSourceRegistry;
import dev.headwater.core.DataSources;
import dev.headwater.core.DecryptionException;
import dev.headwater.core.EncryptionException;
import dev.headwater.core.WriteOptions;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.DataSourceId;
import dev.headwater.spi.DataSourceRecord;
import dev.headwater.spi.EnvironmentId;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.HeadwaterException;
import dev.headwater.spi.SealedSecret;
import dev.headwater.spi.SecretId;
import dev.headwater.spi.SecretReferenceException;
import dev.headwater.spi.SecretStoreException;
import dev.headwater.spi.StoreException;
import dev.headwater.store.jdbc.JdbcStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The table of errors in the guide")
class ErrorTableTest {

    private static final Set<String> TABLE = Markdown.of("docs/embedding.md").rowsOfCode().stream()
            .filter(row -> row.size() == 3 && row.get(2).contains("Exception"))
            .map(row -> row.get(0) + " " + row.get(1) + " " + row.get(2).replaceFirst(",.*", ""))
            .collect(Collectors.toCollection(TreeSet::new));

    private final List<HeadwaterException> met = new ArrayList<>();

    @Test
    @DisplayName("tells every code, with its category and its exception, and no other")
    void complete() {
        ofPlugIns();
        ofKeys();
        ofTheRegistry();
        ofAPersistentStoreWithoutKeys();
        Set<String> real = new TreeSet<>();
        met.forEach(
                e -> real.add(e.code() + " " + e.category() + " " + e.getClass().getSimpleName()));
        assertThat(TABLE).isEqualTo(real);
    }

    @Test
    @DisplayName("tells every exception")
    void allExceptions() {
        Set<String> classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("dev.headwater").stream()
                        .filter(type -> type.isAssignableTo(HeadwaterException.class))
                        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                        .filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
                        .map(JavaClass::getSimpleName)
                        .collect(Collectors.toCollection(TreeSet::new));
        Set<String> told = TABLE.stream()
                .map(row -> row.substring(row.lastIndexOf(' ') + 1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(told).isEqualTo(classes);
    }

    private void ofPlugIns() {
        met.add(new StoreException("away"));
        for (FailureCode code : FailureCode.values()) {
            met.add(new ConnectorException(code, "failed"));
        }
        for (SecretStoreException.Reason reason : SecretStoreException.Reason.values()) {
            met.add(new SecretStoreException(reason, "name", "failed", null));
        }
        for (SecretReferenceException.Reason reason : SecretReferenceException.Reason.values()) {
            met.add(new SecretReferenceException(reason, "reference", null, "refused"));
        }
    }

    private void ofKeys() {
        DataSourceId id = DataSourceId.of("id");
        SealedSecret sealed =
                new SealedSecret(EnvironmentId.of("e"), new SecretId("secret"), id, "password", "key", "ciphertext");
        met.add(DecryptionException.unknownKey(sealed, List.of()));
        met.add(DecryptionException.refused(sealed, List.of(), "wrong key"));
        met.add(new EncryptionException("key", id, "password", "away"));
    }

    private void ofTheRegistry() {
        AccessPolicy noDeployments = (caller, environment, action, subject) ->
                action == Action.ADMINISTER ? AccessPolicy.Decision.DENY : AccessPolicy.Decision.ALLOW;
        try (DataSourceRegistry registry = DataSourceRegistry.builder()
                .connectors(Connectors.all())
                .accessPolicy(noDeployments)
                .build()) {
            DataSources sources = registry.environment("production");
            DataSourceDraft memory = DataSourceDraft.of("duckdb", "memory").with("database", ":memory:");
            DataSourceRecord record = sources.create(memory);
            DataSourceRecord other =
                    sources.create(DataSourceDraft.of("duckdb", "other").with("database", ":memory:"));
            meets(() -> sources.create(DataSourceDraft.of("duckdb", "empty")));
            meets(() -> sources.getByName("nobody"));
            meets(sources::deploy);
            meets(() -> sources.create(memory));
            meets(() -> sources.delete(record.id(), WriteOptions.ifVersion(record.version() + 1)));
            meets(() -> sources.connections().client("memory", String.class));
            meets(() -> sources.create(
                    DataSourceDraft.of("duckdb", "away").with("database", "/nowhere.duckdb"),
                    WriteOptions.DEFAULT.requirePassingTest()));
            sources.delete(other.id());
            meets(() -> sources.delete(other.id()));
        }
    }

    private void ofAPersistentStoreWithoutKeys() {
        try (DataSourceRegistry registry = DataSourceRegistry.builder()
                .store(JdbcStore.builder().url("jdbc:h2:mem:errors").open())
                .build()) {
            DataSources sources = registry.environment("production");
            meets(() -> sources.create(DataSourceDraft.of("duckdb", "with_token")
                    .with("database", ":memory:")
                    .with("access_token", "token")));
        }
    }

    private void meets(ThrowingCallable call) {
        met.add(catchThrowableOfType(HeadwaterException.class, call));
    }
}
