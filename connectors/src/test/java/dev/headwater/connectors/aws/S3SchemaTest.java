package dev.headwater.connectors.aws;

import static dev.headwater.connectors.Targets.target;
import static dev.headwater.testkit.HeadwaterAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.connectors.Connectors;
import dev.headwater.spi.ColumnSchema;
import dev.headwater.spi.ColumnSchema.CanonicalType;
import dev.headwater.spi.ConnectorSession;
import dev.headwater.spi.SchemaSnapshot;
import dev.headwater.spi.SecretValue;
import dev.headwater.spi.TableList;
import dev.headwater.spi.TableSchema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.zip.GZIPOutputStream;
import org.duckdb.DuckDBDriver;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The schema of a bucket")
class S3SchemaTest {

    @TempDir
    static Path directory;

    @BeforeAll
    static void fill() throws Exception {
        S3Server server = S3Server.get();
        server.createBucket("lake");
        server.put("lake", "sales/2026/orders.csv", text("id;at;price;paid\n1;2026-01-01;1,5;true\n2;;x;false\n"));
        server.put("lake", "sales/2026/more.csv.gz", packed("\uFEFFcode,\"a,b\"\n007,\"x\ny\"\n008,z\n"));
        server.put("lake", "sales/events.parquet", parquet());
        server.put("lake", "sales2/other.csv", text("1,2\n3,4.5\n"));
        server.put("lake", "readme.md", text("# no table"));
        server.put("lake", "empty.csv", new byte[0]);
        server.put("lake", "not.parquet", text("this is no Parquet file, whatever its name says"));
        server.put("lake", "folder/", new byte[0]);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] packed(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text(text));
        }
        return bytes.toByteArray();
    }

    private static byte[] parquet() throws Exception {
        Path file = directory.resolve("events.parquet");
        try (Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "copy (select 1::bigint as id, 'x' as name, 1.5::decimal(9,2) as price, date '2026-01-01' as"
                            + " day, timestamptz '2026-01-01 00:00:00+00' as at, [1, 2] as list, {'a': 1} as pair, uuid() as"
                            + " key, true as ok, 1.5::double as rate) to '" + file + "' (format parquet)");
        }
        return Files.readAllBytes(file);
    }

    private static TableList read(int maxTables, Map<String, Object> changes) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("bucket", "lake");
        config.put("region", "us-east-1");
        config.put("access_key_id", S3Server.KEY_ID);
        config.put("secret_access_key", SecretValue.of(S3Server.SECRET));
        config.put("endpoint_url", S3Server.get().endpoint());
        config.putAll(changes);
        try (ConnectorSession session = Connectors.s3().open(target("s3", config))) {
            return session.readTables(maxTables, count -> {});
        }
    }

    private static SchemaSnapshot schema(Map<String, Object> changes) {
        TableList list = read(1_000, changes);
        return new SchemaSnapshot(Instant.EPOCH, list.tables(), list.truncated());
    }

    @Test
    @DisplayName("has a table for each file, and none for the marks of folders")
    void files() {
        assertThat(schema(Map.of()))
                .isComplete()
                .hasTables(7)
                .hasTable("lake.readme.md")
                .hasNoTable("lake.folder/");
    }

    @Test
    @DisplayName("reads the header of a CSV file whatever separates its fields, and infers types from what follows")
    void csv() {
        assertThat(schema(Map.of()))
                .hasColumn("sales/2026/orders.csv", "id", CanonicalType.INTEGER)
                .hasColumn("sales/2026/orders.csv", "at", CanonicalType.DATE)
                .hasColumn("sales/2026/orders.csv", "price", CanonicalType.TEXT)
                .hasColumn("sales/2026/orders.csv", "paid", CanonicalType.BOOLEAN);
    }

    @Test
    @DisplayName("reads a packed CSV file, with quotes, line breaks and a byte order mark, and takes codes for texts")
    void gzip() {
        assertThat(schema(Map.of()))
                .hasColumn("sales/2026/more.csv.gz", "code", CanonicalType.TEXT)
                .hasColumn("sales/2026/more.csv.gz", "a,b", CanonicalType.TEXT);
    }

    @Test
    @DisplayName("numbers the columns of a CSV file without a header")
    void noHeader() {
        assertThat(schema(Map.of("path", "sales2")))
                .hasTables(1)
                .hasColumn("sales2/other.csv", "column1", CanonicalType.INTEGER)
                .hasColumn("sales2/other.csv", "column2", CanonicalType.DECIMAL);
    }

    @Test
    @DisplayName("reads the footer of a Parquet file, that DuckDB wrote")
    void parquetColumns() {
        String table = "sales/events.parquet";
        assertThat(schema(Map.of()))
                .hasColumn(table, "id", CanonicalType.INTEGER)
                .hasColumn(table, "name", CanonicalType.TEXT)
                .hasColumn(table, "price", CanonicalType.DECIMAL)
                .hasColumn(table, "day", CanonicalType.DATE)
                .hasColumn(table, "at", CanonicalType.TIMESTAMP_WITH_ZONE)
                .hasColumn(table, "list", CanonicalType.ARRAY)
                .hasColumn(table, "pair", CanonicalType.STRUCT)
                .hasColumn(table, "key", CanonicalType.UUID)
                .hasColumn(table, "ok", CanonicalType.BOOLEAN)
                .hasColumn(table, "rate", CanonicalType.FLOAT);
    }

    @Test
    @DisplayName("has no columns for files that are empty, or are not what their names say")
    void noColumns() {
        for (TableSchema table : read(1_000, Map.of()).tables()) {
            if (table.name().equals("empty.csv") || table.name().equals("not.parquet")) {
                assertThat(table.columns()).as(table.name()).isEmpty();
            }
        }
    }

    @Test
    @DisplayName("has a table for each folder if asked to, with the columns of its first file that has any")
    void folders() {
        assertThat(schema(Map.of("table_level", "Folder")))
                .hasTables(4)
                .hasColumn("lake.sales/2026", "code", CanonicalType.TEXT)
                .hasColumn("lake.sales", "id", CanonicalType.INTEGER)
                .hasColumn("lake.sales2", "column1", CanonicalType.INTEGER)
                .hasTable("lake./");
    }

    @Test
    @DisplayName("is that of a path, which is no mere beginning of names")
    void path() {
        assertThat(schema(Map.of("path", "/sales/"))).hasTables(3).hasNoTable("sales2/other.csv");
        assertThat(schema(Map.of("path", "sales/2026/orders.csv"))).hasTables(1);
    }

    @Test
    @DisplayName("ends at the limit")
    void limit() {
        assertThat(read(3, Map.of("table_level", "Folder")).truncated()).isTrue();
        assertThat(read(4, Map.of("table_level", "Folder")).truncated()).isFalse();
        assertThat(read(6, Map.of()).tables()).hasSize(6);
        assertThat(read(6, Map.of()).truncated()).isTrue();
    }

    @Test
    @DisplayName("says of every column of a CSV file that it may be empty")
    void nullable() {
        assertThat(read(1_000, Map.of("path", "sales2")).tables().get(0).columns())
                .allMatch(ColumnSchema::nullable);
    }
}
