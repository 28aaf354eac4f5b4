package dev.headwater.testkit;

import static dev.headwater.testkit.HeadwaterAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.headwater.core.DataSourceDraft;
import dev.headwater.core.DataSourceRegistry;
import dev.headwater.core.DataSources;
import dev.headwater.spi.ColumnSchema;
import dev.headwater.spi.ColumnSchema.CanonicalType;
import dev.headwater.spi.Commit;
import dev.headwater.spi.DataSourceRecord;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.LinkedSecretRef;
import dev.headwater.spi.SchemaSnapshot;
import dev.headwater.spi.SecretValue;
import dev.headwater.spi.TableSchema;
import dev.headwater.spi.TableSchema.TableType;
import dev.headwater.spi.TestReport;
import dev.headwater.spi.TestReport.Step;
import dev.headwater.spi.TestReport.StepResult;
import dev.headwater.spi.ValidationResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Assertions")
class HeadwaterAssertionsTest {

    private static final String SECRET = "pl4nted-passw0rd";

    private final DataSourceRegistry registry = DataSourceRegistry.builder()
            .secretStore("vault", new InMemorySecretStore())
            .build();
    private final DataSources sources = registry.environment("production");
    private final DataSourceRecord shop = sources.create(DataSourceDraft.of("postgresql", "shop")
            .with("host", "db.example.com")
            .with("database", "shop")
            .with("username", LinkedSecretRef.of("shop-user"))
            .with("password", SecretValue.of(SECRET)));

    @AfterEach
    void close() {
        registry.close();
    }

    private static void refuses(ThrowingCallable assertion, String... told) {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(assertion)
                .withMessageContainingAll(told)
                .withMessageNotContaining(SECRET);
    }

    @Test
    @DisplayName("on a data source look at its name, kind, version and config, and never tell a secret")
    void dataSource() {
        assertThat(shop)
                .hasName("shop")
                .isOfKind("postgresql")
                .isAtVersion(1)
                .hasLiteral("host", "db.example.com")
                .hasSealedSecret("password")
                .isLinked("username", "shop-user")
                .hasNo("schema");

        refuses(() -> assertThat(shop).hasName("shops"), "name", "shops", "shop");
        refuses(() -> assertThat(shop).isAtVersion(2), "version", "2", "1");
        refuses(() -> assertThat(shop).hasLiteral("host", "localhost"), "host", "localhost", "db.example.com");
        refuses(() -> assertThat(shop).hasLiteral("password", SECRET.substring(1)), "password");
        refuses(() -> assertThat(shop).hasSealedSecret("host"), "host", "sealed");
        refuses(() -> assertThat(shop).isLinked("username", "other"), "username", "other", "shop-user");
        refuses(() -> assertThat(shop).hasNo("host"), "host", "db.example.com");
        refuses(() -> assertThat(shop).hasSealedSecret("ssl.enabled"), "ssl.enabled", "host");
        refuses(() -> assertThat((DataSourceRecord) null).hasName("shop"), "null");
    }

    @Test
    @DisplayName("on a test report look at whether it passed, where it failed, and the hint")
    void testReport() {
        TestReport failed = new TestReport(
                "postgresql",
                List.of(
                        StepResult.passed(Step.VALIDATE, Duration.ZERO, null),
                        StepResult.failed(Step.REACH, Duration.ZERO, FailureCode.TIMED_OUT, "no answer", "Look there."),
                        StepResult.skipped(Step.AUTHENTICATE)),
                Duration.ZERO,
                List.of());
        TestReport passed = new TestReport(
                "duckdb", List.of(StepResult.passed(Step.VALIDATE, Duration.ZERO, null)), Duration.ZERO, List.of());

        assertThat(passed).passed();
        assertThat(failed).failedAt(Step.REACH, FailureCode.TIMED_OUT).hints("there");
        refuses(() -> assertThat(failed).passed(), "REACH", "TIMED_OUT", "no answer");
        refuses(() -> assertThat(passed).failedAt(Step.REACH, FailureCode.TIMED_OUT), "REACH", "passed");
        refuses(() -> assertThat(failed).failedAt(Step.REACH, FailureCode.FAILED), "TIMED_OUT");
        refuses(() -> assertThat(failed).hints("here?"), "here?", "Look there.");
        refuses(() -> assertThat(passed).hints("there"), "passed");
    }

    @Test
    @DisplayName("on a validation result look at fields and codes, and tell all findings")
    void validation() {
        ValidationResult result = sources.validate(DataSourceDraft.of("postgresql", "shop_2")
                .with("host", "db.example.com")
                .with("prot", 1));

        assertThat(result)
                .hasViolationsOfExactly("database", "username", "prot")
                .hasViolation("database", "required");
        assertThat(ValidationResult.VALID).isValid();
        refuses(() -> assertThat(result).isValid(), "database", "username", "prot");
        refuses(() -> assertThat(result).hasViolationsOfExactly("database"), "username");
        refuses(() -> assertThat(result).hasViolation("host", "required"), "host", "database");
        refuses(() -> assertThat(ValidationResult.VALID).hasWarning("host", "odd"), "none");
    }

    @Test
    @DisplayName("on a schema find tables by as much of their name as is given, and columns by their type")
    void schema() {
        ColumnSchema id = new ColumnSchema("id", "int4", CanonicalType.INTEGER, false, null);
        SchemaSnapshot snapshot = new SchemaSnapshot(
                Instant.EPOCH,
                List.of(
                        new TableSchema("c", "s", "orders", TableType.TABLE, null, List.of(id), List.of("id")),
                        new TableSchema("c", "t", "orders", TableType.TABLE, null, List.of(), List.of()),
                        new TableSchema("c", "t", "users", TableType.TABLE, null, List.of(), List.of())),
                true);

        assertThat(snapshot)
                .hasTables(3)
                .hasTable("users")
                .hasTable("s.orders")
                .hasTable("c.t.orders")
                .hasNoTable("ders")
                .hasColumn("s.orders", "id", CanonicalType.INTEGER);
        refuses(() -> assertThat(snapshot).hasTable("orders"), "there are 2", "c.s.orders");
        refuses(() -> assertThat(snapshot).hasNoTable("users"), "users");
        refuses(() -> assertThat(snapshot).hasColumn("s.orders", "id", CanonicalType.TEXT), "id INTEGER");
        refuses(() -> assertThat(snapshot).hasTables(2), "3");
        refuses(() -> assertThat(snapshot).isComplete(), "limit");
    }

    @Test
    @DisplayName("on a commit look at its number, caller, message and change")
    void commit() {
        Commit commit = sources.history(shop.id(), Long.MAX_VALUE, 1).get(0);

        assertThat(commit).hasNumber(1).inserted("shop");
        assertThatCode(() -> assertThat(commit).wasMadeBy(commit.stamp().by())).doesNotThrowAnyException();
        refuses(() -> assertThat(commit).hasNumber(2), "2", "1");
        refuses(() -> assertThat(commit).updated("shop"), "Updated");
        refuses(() -> assertThat(commit).deleted("shop"), "Deleted");
        refuses(() -> assertThat(commit).hasMessage("first"), "first");
        refuses(() -> assertThat(commit).wasMadeBy("nobody-at-all"), "nobody-at-all");
    }
}
