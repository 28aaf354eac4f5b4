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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

/** One file, or the files below one directory; each is a table. Links are not followed. */
final class CsvSession implements ConnectorSession {

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
        List<TableSchema> tables = new ArrayList<>();
        try (Stream<Path> files = Files.walk(path)) {
            Iterator<Path> sorted = files.filter(CsvSession::isTable).sorted().iterator();
            while (sorted.hasNext()) {
                Path file = sorted.next();
                Failures.refuseCancelled(target);
                if (tables.size() == maxTables) {
                    progress.accept(tables.size());
                    return new TableList(tables, true);
                }
                tables.add(new TableSchema(null, null, name(file), TableType.FILE, null, columns(file), List.of()));
            }
        } catch (IOException e) {
            throw failed(e);
        }
        progress.accept(tables.size());
        return new TableList(tables, false);
    }

    private static boolean isTable(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return !Files.isSymbolicLink(file)
                && Files.isRegularFile(file)
                && (name.endsWith(".csv")
                        || name.endsWith(".csv.gz")
                        || name.endsWith(".tsv")
                        || name.endsWith(".tsv.gz"));
    }

    private String name(Path file) {
        return file.equals(path)
                ? file.getFileName().toString()
                : path.relativize(file).toString();
    }

    private static List<ColumnSchema> columns(Path file) throws IOException {
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
