package dev.headwater.connectors.internal.kafka;

import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.util.zip.GZIPInputStream;

/** How batches of messages are compressed. All but gzip need the libraries that Kafka's client brings along. */
final class Compression {

    private static final int NONE = 0;
    private static final int GZIP = 1;
    private static final long MAX_BYTES = 16L << 20;

    private Compression() {}

    /** {@return what is stored, decompressed; it ends in an exception where that is far more than a batch should be} */
    static InputStream open(int codec, InputStream stored) throws IOException {
        return codec == NONE ? stored : new BufferedInputStream(new Bounded(decompressed(codec, stored)));
    }

    private static InputStream decompressed(int codec, InputStream stored) throws IOException {
        return switch (codec) {
            case GZIP -> new GZIPInputStream(stored);
            case 2 -> open("org.xerial.snappy.SnappyInputStream", stored);
            case 3 -> open("net.jpountz.lz4.LZ4FrameInputStream", stored);
            case 4 -> open("com.github.luben.zstd.ZstdInputStream", stored);
            default -> throw new NotKafkaException("a batch of messages is compressed in an unknown way");
        };
    }

    private static InputStream open(String className, InputStream stored) throws IOException {
        try {
            return Class.forName(className)
                    .asSubclass(InputStream.class)
                    .getConstructor(InputStream.class)
                    .newInstance(stored);
        } catch (InvocationTargetException e) {
            throw new NotKafkaException("a batch of messages cannot be decompressed");
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new ConnectorException(
                    FailureCode.DRIVER_MISSING,
                    "the messages are compressed, and " + className + " is not on the class path",
                    "Add org.apache.kafka:kafka-clients, with what it depends on, to the class path of the application.");
        }
    }

    /** A few bytes can hold gigabytes of zeros. */
    private static final class Bounded extends FilterInputStream {

        private long left = MAX_BYTES;

        Bounded(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            count(read < 0 ? 0 : 1);
            return read;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            count(Math.max(0, read));
            return read;
        }

        @Override
        public long skip(long length) throws IOException {
            long skipped = super.skip(length);
            count(skipped);
            return skipped;
        }

        private void count(long read) throws IOException {
            left -= read;
            if (left < 0) {
                throw new NotKafkaException("a batch of messages holds more than " + MAX_BYTES + " bytes");
            }
        }
    }
}
