package dev.headwater.connectors.internal.s3;

import dev.headwater.connectors.internal.aws.AwsSession;
import dev.headwater.connectors.internal.files.FileColumns;
import dev.headwater.spi.ColumnSchema;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.TableList;
import dev.headwater.spi.TableSchema;
import dev.headwater.spi.TableSchema.TableType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A login to one bucket. Each object is a table, or each folder, with the columns of its first file that has any. */
final class S3Session extends AwsSession {

    /** How many objects are looked at for folders, before the rest is left out. */
    static final int MAX_LISTED = 100_000;

    private static final int PAGE = 1_000;

    /** After how many files in a row that may not be read no more are asked for; rights are given folder by folder. */
    private static final int MAX_DENIED = 10;

    private final S3Client client;
    private final String bucket;
    private final String path;
    private final boolean folders;
    private int denied;

    S3Session(S3Client client, ConnectionTarget target, Runnable close) {
        super(target, close);
        this.client = client;
        this.bucket = target.config().required("bucket");
        this.path = stripped(target.config().text("path").orElse(""));
        this.folders = target.config().text("table_level").orElse("File").equals("Folder");
    }

    private static String stripped(String path) {
        return path.replaceAll("^/+", "").replaceAll("/+$", "");
    }

    S3Session loggedIn() {
        boolean anything = !list(path, null, 1).contents().isEmpty();
        if (!anything && !path.isEmpty()) {
            throw new ConnectorException(
                    FailureCode.NO_SUCH_DATABASE,
                    "the bucket " + bucket + " has nothing at " + path,
                    "Check the path; it is a folder or a file of the bucket, without the bucket's name.");
        }
        return this;
    }

    @Override
    public String probe() {
        ListObjectsV2Response unused = list(path, null, 1);
        return "Amazon S3, bucket " + bucket;
    }

    @Override
    public TableList readTables(int maxTables, IntConsumer progress) {
        positive(maxTables);
        return folders ? readFolders(maxTables, progress) : readFiles(maxTables, progress);
    }

    private TableList readFiles(int maxTables, IntConsumer progress) {
        List<TableSchema> tables = new ArrayList<>();
        boolean all = each(file -> {
            if (tables.size() == maxTables) {
                return false;
            }
            tables.add(table(file.key(), TableType.FILE, columns(file)));
            progress.accept(tables.size());
            return true;
        });
        progress.accept(tables.size());
        return new TableList(tables, !all);
    }

    private TableList readFolders(int maxTables, IntConsumer progress) {
        Map<String, List<ColumnSchema>> found = new LinkedHashMap<>();
        int[] listed = {0};
        boolean all = each(file -> {
            String folder = file.key().contains("/")
                    ? file.key().substring(0, file.key().lastIndexOf('/'))
                    : "/";
            if (++listed[0] > MAX_LISTED || (!found.containsKey(folder) && found.size() == maxTables)) {
                return false;
            }
            if (found.getOrDefault(folder, List.of()).isEmpty()) {
                found.put(folder, columns(file));
                progress.accept(found.size());
            }
            return true;
        });
        List<TableSchema> tables = new ArrayList<>();
        found.forEach((folder, columns) -> tables.add(table(folder, TableType.FOLDER, columns)));
        progress.accept(tables.size());
        return new TableList(tables, !all);
    }

    private TableSchema table(String name, TableType type, List<ColumnSchema> columns) {
        return new TableSchema(null, bucket, name, type, null, columns, List.of());
    }

    /**
     * Goes through the files at the path while the visitor says true.
     *
     * @return whether it saw all
     */
    private boolean each(Predicate<S3Object> visitor) {
        String after = null;
        do {
            ListObjectsV2Response page = list(path, after, PAGE);
            for (S3Object object : page.contents()) {
                if (isFile(object) && !visitor.test(object)) {
                    return false;
                }
            }
            after = page.isTruncated() ? page.nextContinuationToken() : null;
        } while (after != null);
        return true;
    }

    /** The listing is of all that begins with the path, which is more than what lies in it. */
    private boolean isFile(S3Object object) {
        String key = object.key();
        boolean inPath = path.isEmpty() || key.equals(path) || key.startsWith(path + "/");
        return inPath && !key.endsWith("/");
    }

    private ListObjectsV2Response list(String prefix, @Nullable String after, int limit) {
        return ask(
                "list the bucket " + bucket,
                () -> client.listObjectsV2(request ->
                        request.bucket(bucket).prefix(prefix).maxKeys(limit).continuationToken(after)));
    }

    private List<ColumnSchema> columns(S3Object file) {
        if (denied == MAX_DENIED) {
            return List.of();
        }
        try {
            List<ColumnSchema> columns = ask("read " + file.key(), () -> columnsOf(file));
            denied = 0;
            return columns;
        } catch (ConnectorException e) {
            if (e.failure() != FailureCode.PERMISSION_DENIED) {
                throw e;
            }
            // The names of files can be told without the right to read them.
            denied++;
            return List.of();
        }
    }

    private List<ColumnSchema> columnsOf(S3Object file) {
        try {
            return FileColumns.of(file.key(), new FileColumns.Parts() {
                @Override
                public long size() {
                    return file.size();
                }

                @Override
                public byte[] read(long offset, int length) {
                    return length == 0 ? new byte[0] : range(file.key(), offset, length);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (S3Exception e) {
            if (unreadable(e)) {
                return List.of();
            }
            throw e;
        }
    }

    /** {@return whether it is about this file alone: archived, or gone or shorter since it was listed} */
    private static boolean unreadable(S3Exception failure) {
        String code = failure.awsErrorDetails() == null
                ? ""
                : String.valueOf(failure.awsErrorDetails().errorCode());
        return Set.of("NoSuchKey", "InvalidObjectState", "InvalidRange").contains(code);
    }

    private byte[] range(String key, long offset, int length) {
        return client.getObjectAsBytes(request ->
                        request.bucket(bucket).key(key).range("bytes=" + offset + "-" + (offset + length - 1)))
                .asByteArray();
    }
}
