package dev.headwater.testservers.mongodb;

import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import de.bwaldvogel.mongo.bson.BinData;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import io.netty.channel.Channel;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A stub of the server's side of SCRAM (RFC 5802) over a backend that knows no users: the backend itself lets in
 * everybody. A user named {@code old} has a password for SHA-1 only, as of before MongoDB 4.0; one named {@code mute} may
 * log in and do nothing. Collections whose names begin with {@code view_} are listed as views, which the backend has not.
 */
final class ScramBackend extends MemoryBackend {

    private static final String SALT = "c2FsdHNhbHRzYWx0c2FsdA==";
    private static final int ITERATIONS = 10_000;
    private static final Set<String> WITHOUT_LOGIN = Set.of("hello", "ismaster", "isMaster", "buildInfo", "ping");

    private final Map<String, String> passwords = new ConcurrentHashMap<>();
    private final Map<Channel, String> users = new ConcurrentHashMap<>();
    private final Map<Channel, Conversation> conversations = new ConcurrentHashMap<>();

    private record Conversation(String user, String mechanism, String nonce, String firstBare, String serverFirst) {}

    void addUser(String name, String password) {
        passwords.put(name, password);
    }

    @Override
    public void handleClose(Channel channel) {
        users.remove(channel);
        conversations.remove(channel);
        super.handleClose(channel);
    }

    /** Hears commands in whatever sort of message they come. */
    @Override
    public Document handleCommand(Channel channel, String database, String name, Document command) {
        return switch (name) {
            case "saslStart" -> start(channel, String.valueOf(command.get("mechanism")), text(command));
            case "saslContinue" -> proceed(channel, text(command));
            default -> serve(channel, database, name, command);
        };
    }

    private Document serve(Channel channel, String database, String name, Document command) {
        String user = users.get(channel);
        if (!WITHOUT_LOGIN.contains(name) && (user == null || user.equals("mute"))) {
            throw new MongoServerError(13, "Unauthorized", "not authorized to execute command " + name);
        }
        Document answer = super.handleCommand(channel, database, name, command);
        if (command.get("saslSupportedMechs") instanceof String asked) {
            answer.put("saslSupportedMechs", List.of(asked.endsWith(".old") ? "SCRAM-SHA-1" : "SCRAM-SHA-256"));
        }
        if (name.equals("listCollections")) {
            markViews(answer);
        }
        return answer;
    }

    private static void markViews(Document answer) {
        if (answer.get("cursor") instanceof Document cursor && cursor.get("firstBatch") instanceof List<?> batch) {
            for (Object one : batch) {
                if (one instanceof Document collection
                        && String.valueOf(collection.get("name")).startsWith("view_")) {
                    collection.put("type", "view");
                }
            }
        }
    }

    private static String text(Document command) {
        Object payload = command.get("payload");
        byte[] bytes = payload instanceof BinData data ? data.getData() : (byte[]) payload;
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static Map<String, String> parts(String message) {
        Map<String, String> parts = new HashMap<>();
        for (String part : message.split(",")) {
            if (part.length() > 1 && part.charAt(1) == '=') {
                parts.put(part.substring(0, 1), part.substring(2));
            }
        }
        return parts;
    }

    private Document start(Channel channel, String mechanism, String first) {
        Map<String, String> parts = parts(first);
        String user = parts.getOrDefault("n", "").replace("=2C", ",").replace("=3D", "=");
        String nonce = parts.get("r") + "server";
        String challenge = "r=" + nonce + ",s=" + SALT + ",i=" + ITERATIONS;
        conversations.put(channel, new Conversation(user, mechanism, nonce, first.substring(3), challenge));
        return answer(challenge, false);
    }

    private Document proceed(Channel channel, String last) {
        Conversation conversation = Objects.requireNonNull(conversations.get(channel));
        Map<String, String> parts = parts(last);
        String password = passwords.get(conversation.user());
        boolean old = conversation.mechanism().equals("SCRAM-SHA-1");
        if (password == null
                || old != conversation.user().equals("old")
                || !parts.getOrDefault("r", "").equals(conversation.nonce())) {
            throw refused();
        }
        String bits = old ? "1" : "256";
        String signed = conversation.firstBare() + "," + conversation.serverFirst() + ","
                + last.substring(0, last.lastIndexOf(",p="));
        try {
            byte[] salted = salted(old ? digest(conversation.user(), password) : password, bits);
            byte[] clientKey = hmac(bits, salted, "Client Key");
            byte[] proof = hmac(bits, MessageDigest.getInstance("SHA-" + bits).digest(clientKey), signed);
            for (int i = 0; i < proof.length; i++) {
                proof[i] ^= clientKey[i];
            }
            if (!MessageDigest.isEqual(proof, Base64.getDecoder().decode(parts.getOrDefault("p", "")))) {
                throw refused();
            }
            users.put(channel, conversation.user());
            byte[] signature = hmac(bits, hmac(bits, salted, "Server Key"), signed);
            return answer("v=" + Base64.getEncoder().encodeToString(signature), true);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static MongoServerError refused() {
        return new MongoServerError(18, "AuthenticationFailed", "Authentication failed.");
    }

    private static Document answer(String payload, boolean done) {
        return new Document("conversationId", 1)
                .append("done", done)
                .append("payload", new BinData(payload.getBytes(StandardCharsets.UTF_8)))
                .append("ok", 1.0);
    }

    private static byte[] salted(String password, String bits) throws GeneralSecurityException {
        PBEKeySpec spec = new PBEKeySpec(
                password.toCharArray(), Base64.getDecoder().decode(SALT), ITERATIONS, bits.equals("1") ? 160 : 256);
        return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA" + bits)
                .generateSecret(spec)
                .getEncoded();
    }

    private static String digest(String user, String password) throws GeneralSecurityException {
        byte[] text = (user + ":mongo:" + password).getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(text));
    }

    private static byte[] hmac(String bits, byte[] key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA" + bits);
        mac.init(new SecretKeySpec(key, mac.getAlgorithm()));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }
}
