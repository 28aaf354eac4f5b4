package dev.headwater.connectors.internal.files;

import dev.headwater.connectors.internal.Failures;
import dev.headwater.spi.ColumnSchema;
import dev.headwater.spi.ConnectionTarget;
import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.ConnectorSession;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.TableList;
import dev.headwater.spi.TableSchema;
import dev.headwater.spi.TableSchema.TableType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntConsumer;

/** One file, or the files below one directory; each is a table. Links are not followed. */
final class CsvSession implements ConnectorSession {

    /** How many files are looked at, before the rest is left out. */
    static final int MAX_FILES = 100_000;

    private static final int PROGRESS_STEP = 100;

    private final Path path;
    private final ConnectionTarget target;

    CsvSession(Path path, ConnectionTarget target) {
        this.path = path;
        this.target = target;
    }

    @Override
    public String probe() {
        return Files.isDirectory(path) ? "a directory of CSV files" : "a CSV file";
    }

    @Override
    public TableList readTables(int maxTables, IntConsumer progress) {
        if (maxTables < 1) {
            throw new IllegalArgumentException("the limit must be at least 1, is " + maxTables);
        }
        try {
            List<Path> files = files();
            int most = Math.min(Math.min(maxTables, MAX_FILES), files.size());
            List<TableSchema> tables = new ArrayList<>();
            for (Path file : files.subList(0, most)) {
                Failures.refuseCancelled(target);
                tables.add(new TableSchema(null, null, name(file), TableType.FILE, null, columns(file), List.of()));
                if (tables.size() % PROGRESS_STEP == 0) {
                    progress.accept(tables.size());
                }
            }
            progress.accept(tables.size());
            return new TableList(tables, files.size() > most);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** {@return the files, sorted; no more than {@link #MAX_FILES} of them are looked for, and one more if there are more} */
    private List<Path> files() throws IOException {
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                Failures.refuseCancelled(target);
                if (attributes.isRegularFile()
                        && FileColumns.isCsv(file.getFileName().toString())) {
                    found.add(file);
                }
                return found.size() > MAX_FILES ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
            }

            /** What may not be looked into has no tables. */
            @Override
            public FileVisitResult visitFileFailed(Path file, IOException why) throws IOException {
                if (file.equals(path)) {
                    throw why;
                }
                return FileVisitResult.CONTINUE;
            }
        });
        found.sort(Comparator.naturalOrder());
        return found;
    }

    private String name(Path file) {
        return file.equals(path)
                ? file.getFileName().toString()
                : path.relativize(file).toString();
    }

    /** {@return the columns; none if the file may not be read, or has gone since it was found} */
    private static List<ColumnSchema> columns(Path file) throws IOException {
        try {
            return columnsOf(file);
        } catch (AccessDeniedException | NoSuchFileException e) {
            return List.of();
        }
    }

    private static List<ColumnSchema> columnsOf(Path file) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            return FileColumns.of(file.getFileName().toString(), new FileColumns.Parts() {
                @Override
                public long size() {
                    return sizeOf(channel);
                }

                @Override
                public byte[] read(long offset, int length) throws IOException {
                    ByteBuffer bytes = ByteBuffer.allocate(length);
                    channel.position(offset);
                    while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                        // until it is full, or the file ends
                    }
                    return bytes.hasRemaining() ? Arrays.copyOf(bytes.array(), bytes.position()) : bytes.array();
                }
            });
        }
    }

    private static long sizeOf(SeekableByteChannel channel) {
        try {
            return channel.size();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private static ConnectorException failed(IOException e) {
        return new ConnectorException(
                FailureCode.FAILED, "the files cannot be read: " + e.getClass().getSimpleName());
    }

    @Override
    public void close() {}
}
