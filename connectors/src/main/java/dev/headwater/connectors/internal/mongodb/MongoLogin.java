package dev.headwater.connectors.internal.mongodb;

import dev.headwater.connectors.internal.scram.Scram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.HexFormat;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;

/**
 * Logs in by SCRAM, with SHA-256 or, where the server keeps the user's password for that only, with SHA-1:
 * https://github.com/mongodb/specifications/blob/master/source/auth/auth.md.
 */
final class MongoLogin {

    private static final String SHA_256 = "SCRAM-SHA-256";
    private static final String SHA_1 = "SCRAM-SHA-1";
    private static final int MOST_ROUNDS = 4;

    private MongoLogin() {}

    static void logIn(MongoConnection connection, MongoSettings settings) throws IOException {
        String database = settings.authSource();
        BsonDocument hello = hello(connection, settings);
        BsonValue offered = hello.getOrDefault("saslSupportedMechs", new BsonArray());
        boolean oldPassword = offered.isArray()
                && offered.asArray().contains(new BsonString(SHA_1))
                && !offered.asArray().contains(new BsonString(SHA_256));
        Scram scram = oldPassword
                ? new Scram(1, settings.user(), digest(settings.user(), settings.password()))
                : new Scram(256, settings.user(), prepared(settings.password()));
        converse(connection, database, oldPassword ? SHA_1 : SHA_256, scram);
    }

    private static BsonDocument hello(MongoConnection connection, MongoSettings settings) throws IOException {
        try {
            return hello("hello", connection, settings);
        } catch (MongoErrorException e) {
            if (e.error() == MongoErrorException.NO_SUCH_COMMAND) {
                // What it was called before MongoDB 4.4.
                return hello("isMaster", connection, settings);
            }
            throw e;
        }
    }

    private static BsonDocument hello(String command, MongoConnection connection, MongoSettings settings)
            throws IOException {
        return connection.run(
                "admin",
                new BsonDocument(command, new BsonInt32(1))
                        .append("saslSupportedMechs", new BsonString(settings.authSource() + "." + settings.user()))
                        .append("client", client(settings)));
    }

    private static BsonDocument client(MongoSettings settings) {
        return new BsonDocument("application", new BsonDocument("name", new BsonString(settings.appName())))
                .append(
                        "driver",
                        new BsonDocument("name", new BsonString("headwater")).append("version", new BsonString("1")))
                .append("os", new BsonDocument("type", new BsonString("unknown")));
    }

    private static void converse(MongoConnection connection, String database, String mechanism, Scram scram)
            throws IOException {
        BsonDocument challenge = connection.run(
                database,
                new BsonDocument("saslStart", new BsonInt32(1))
                        .append("mechanism", new BsonString(mechanism))
                        .append("payload", new BsonBinary(scram.first()))
                        .append("options", new BsonDocument("skipEmptyExchange", BsonBoolean.TRUE)));
        BsonValue conversation = challenge.getOrDefault("conversationId", new BsonInt32(0));
        BsonDocument proof = next(connection, database, conversation, scram.last(payload(challenge)));
        scram.verify(payload(proof));
        for (int i = 0;
                i < MOST_ROUNDS && !proof.getBoolean("done", BsonBoolean.TRUE).getValue();
                i++) {
            proof = next(connection, database, conversation, new byte[0]);
        }
    }

    private static BsonDocument next(
            MongoConnection connection, String database, BsonValue conversation, byte[] payload) throws IOException {
        return connection.run(
                database,
                new BsonDocument("saslContinue", new BsonInt32(1))
                        .append("conversationId", conversation)
                        .append("payload", new BsonBinary(payload)));
    }

    private static byte[] payload(BsonDocument answer) throws NotMongoException {
        BsonValue payload = answer.get("payload");
        if (payload == null || !payload.isBinary()) {
            throw new NotMongoException("the server answers a login with something else");
        }
        return payload.asBinary().getData();
    }

    /** What there is of SASLprep (RFC 4013) for passwords that people use. */
    private static String prepared(String password) {
        String mapped = password.replaceAll("[\\u00AD\\u200B-\\u200D\\u2060\\uFEFF]", "")
                .replaceAll("\\p{Zs}", " ");
        return Normalizer.normalize(mapped, Normalizer.Form.NFKC);
    }

    /** What servers keep instead of the password for SHA-1. */
    private static String digest(String user, String password) {
        try {
            byte[] text = (user + ":mongo:" + password).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
