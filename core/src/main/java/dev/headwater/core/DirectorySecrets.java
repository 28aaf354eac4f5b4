package dev.headwater.core;

import dev.headwater.core.internal.secret.Printable;
import dev.headwater.core.internal.secret.StrictUtf8;
import dev.headwater.spi.SecretReferenceException;
import dev.headwater.spi.SecretStore;
import dev.headwater.spi.SecretStoreException;
import dev.headwater.spi.SecretStoreException.Reason;
import dev.headwater.spi.SecretValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.regex.Pattern;

/**
 * A secret store of the files in one directory, such as a Secret that Kubernetes mounts as a volume, or Docker's
 * {@code /run/secrets}. A secret's name is its file's name, by the rules for the keys of a Kubernetes Secret:
 * {@code [-._A-Za-z0-9]+}, at most {@value #MAX_NAME_LENGTH} characters, not {@code .} and not beginning with
 * {@code ..}.
 *
 * <p>A file is read whenever its secret is fetched, so a change is seen without a restart. Its bytes are the value, to
 * the last one: a line feed at the end is part of the secret, as it is for every other reader of the mount. It must be
 * UTF-8, and at most {@value #MAX_BYTES} bytes (Kubernetes' limit for a Secret). Symbolic links are followed, which the
 * mounts of Kubernetes consist of, but never out of the directory.
 */
public final class DirectorySecrets implements SecretStore {

    /** The most characters of a secret's name. */
    public static final int MAX_NAME_LENGTH = 253;

    /** The most bytes of a secret. */
    public static final int MAX_BYTES = 1_048_576;

    private static final Pattern NAME = Pattern.compile("(?!\\.\\.|\\.\\z)[-._A-Za-z0-9]{1," + MAX_NAME_LENGTH + "}");

    /**
     * How often to begin again when the file is gone between two looks: Kubernetes replaces all files at once. Each time means
     * that they were replaced once more, so this is a bound for a loop that ends by itself.
     */
    private static final int ATTEMPTS = 100;

    private final Path directory;

    private DirectorySecrets(Path directory) {
        this.directory = directory.toAbsolutePath().normalize();
    }

    /** The secrets in that directory. It need not be there before the first secret is fetched. */
    public static DirectorySecrets in(Path directory) {
        return new DirectorySecrets(directory);
    }

    @Override
    public String description() {
        return "files in " + directory;
    }

    @Override
    public String normalize(String reference) {
        if (!NAME.matcher(reference).matches()) {
            throw new SecretReferenceException(
                    SecretReferenceException.Reason.MALFORMED,
                    reference,
                    null,
                    "a secret in a directory is named by letters, digits, - _ and ., not beginning with .., at most "
                            + MAX_NAME_LENGTH + " characters; got " + Printable.of(reference));
        }
        return reference;
    }

    @Override
    public SecretValue fetchLatest(String name) {
        byte[] bytes = read(normalize(name));
        if (bytes.length > MAX_BYTES) {
            throw failure(Reason.UNUSABLE, name, "has more than " + MAX_BYTES + " bytes");
        }
        try {
            return SecretValue.of(StrictUtf8.decode(bytes));
        } catch (CharacterCodingException e) {
            throw failure(Reason.UNUSABLE, name, "is not UTF-8 text; binary secrets are linked as Base64");
        }
    }

    private byte[] read(String name) {
        for (int attempt = 1; ; attempt++) {
            try {
                return readOnce(name);
            } catch (NoSuchFileException e) {
                if (!Files.isDirectory(directory)) {
                    throw failure(Reason.UNAVAILABLE, name, "cannot be read: the directory is not there");
                }
                if (attempt == ATTEMPTS || Files.notExists(directory.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
                    throw failure(Reason.NOT_FOUND, name, "is not there");
                }
            } catch (AccessDeniedException e) {
                throw failure(Reason.ACCESS_DENIED, name, "may not be read by this process");
            } catch (IOException e) {
                throw failure(
                        Reason.UNAVAILABLE,
                        name,
                        "cannot be read (" + e.getClass().getSimpleName() + ")");
            }
        }
    }

    /** Resolves all links first and opens what was checked, so that no link can be turned in between. */
    private byte[] readOnce(String name) throws IOException {
        Path file = directory.resolve(name).toRealPath();
        if (!file.startsWith(directory.toRealPath())) {
            throw failure(Reason.ACCESS_DENIED, name, "is a link that leads out of the directory");
        }
        if (!Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .isRegularFile()) {
            throw failure(Reason.UNUSABLE, name, "is not a regular file");
        }
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            return in.readNBytes(MAX_BYTES + 1);
        }
    }

    private SecretStoreException failure(Reason reason, String name, String what) {
        return new SecretStoreException(reason, name, "secret file " + directory.resolve(name) + " " + what, null);
    }

    /** Does nothing: no file is kept open. */
    @Override
    public void close() {}
}
