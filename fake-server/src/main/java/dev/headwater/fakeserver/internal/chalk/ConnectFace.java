package dev.headwater.fakeserver.internal.chalk;

import com.google.gson.JsonObject;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.headwater.fakeserver.internal.Face;
import dev.headwater.fakeserver.internal.FaceException;
import dev.headwater.fakeserver.internal.FaceProblem;
import dev.headwater.fakeserver.internal.FaceProblem.Reason;
import dev.headwater.fakeserver.internal.FakeRequest;
import dev.headwater.fakeserver.internal.FakeResponse;
import dev.headwater.fakeserver.internal.HttpFront;
import dev.headwater.fakeserver.internal.Once;
import dev.headwater.spi.SourceSystem;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * Chalk's API over Connect, unary: a POST of a bare message, binary or as proto3 JSON, to the path of the method.
 *
 * @see <a href="https://connectrpc.com/docs/protocol">Connect's protocol</a>
 */
public final class ConnectFace implements Face {

    private static final String PROTO = "application/proto";
    private static final String JSON = "application/json";

    private final Once<Chalk> chalk;
    private final OauthPaths oauth;

    public ConnectFace(Once<Chalk> chalk) {
        this.chalk = chalk;
        this.oauth = new OauthPaths(chalk);
    }

    @Override
    public SourceSystem system() {
        return SourceSystem.CHALK;
    }

    @Override
    public boolean takes(FakeRequest request) {
        return request.path().startsWith("/chalk.") || request.path().startsWith("/v1/");
    }

    @Override
    public String operation(FakeRequest request) {
        Rpc<?, ?> rpc = chalk.get().at(request.path());
        return rpc == null ? oauth.operation(request) : rpc.name();
    }

    @Override
    public String protocol(FakeRequest request) {
        return request.path().startsWith("/v1/") ? "HTTP" : "Connect";
    }

    @Override
    public String readable(FakeRequest request) {
        Rpc<?, ?> rpc = chalk.get().at(request.path());
        if (rpc == null || !request.mediaType().equals(PROTO)) {
            return request.text();
        }
        try {
            return ProtoJson.write(rpc.request().getParserForType().parseFrom(plain(request)));
        } catch (InvalidProtocolBufferException | FaceException | ChalkException e) {
            return "";
        }
    }

    @Override
    public FakeResponse answer(FakeRequest request) {
        try {
            Rpc<?, ?> rpc = chalk.get().at(request.path());
            if (rpc == null) {
                return oauth.answer(request, origin(request));
            }
            if (!request.method().equals("POST")) {
                throw new FaceException(FaceProblem.of(Reason.WRONG_METHOD, "only POST is answered"));
            }
            String version = request.header("connect-protocol-version");
            if (version != null && !version.equals("1")) {
                throw ChalkException.invalid("connect-protocol-version must be 1");
            }
            return answer(rpc, request);
        } catch (ChalkException e) {
            return error(e.code(), e.description());
        }
    }

    private <Q extends Message, A extends Message> FakeResponse answer(Rpc<Q, A> rpc, FakeRequest request) {
        boolean json = switch (request.mediaType()) {
            case PROTO -> false;
            case JSON -> true;
            default ->
                throw new FaceException(
                        FaceProblem.of(Reason.WRONG_CONTENT_TYPE, "the content type must be " + PROTO + " or " + JSON));
        };
        Q message = read(rpc, plain(request), json);
        Call call = new Call(request.header("authorization"), request.header("x-chalk-env-id"), origin(request));
        A answer = chalk.get().answer(rpc, call, message);
        byte[] body = json ? ProtoJson.write(answer).getBytes(StandardCharsets.UTF_8) : answer.toByteArray();
        return FakeResponse.of(200, json ? JSON : PROTO, body);
    }

    private static <Q extends Message> Q read(Rpc<Q, ?> rpc, byte[] body, boolean json) {
        try {
            if (json) {
                return ProtoJson.read(body, rpc.request());
            }
            @SuppressWarnings("unchecked") // a parser of the request reads requests
            Q read = (Q) rpc.request().getParserForType().parseFrom(body);
            return read;
        } catch (InvalidProtocolBufferException | RuntimeException | StackOverflowError e) {
            // the parser's message would quote the body
            throw ChalkException.invalid(
                    "the body is not a " + rpc.request().getDescriptorForType().getName()
                            + (json ? " as proto3 JSON" : " in Protobuf's binary form"));
        }
    }

    private static byte[] plain(FakeRequest request) {
        String encoding = request.header("content-encoding");
        if (encoding == null || encoding.equalsIgnoreCase("identity") || request.body().length == 0) {
            return request.body();
        }
        if (!encoding.toLowerCase(Locale.ROOT).equals("gzip")) {
            throw new ChalkException(Status.Code.UNIMPLEMENTED, "content-encoding must be gzip or identity");
        }
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(request.body()))) {
            byte[] plain = in.readNBytes(HttpFront.MAX_BODY_BYTES + 1);
            if (plain.length > HttpFront.MAX_BODY_BYTES) {
                throw new FaceException(FaceProblem.of(
                        Reason.BODY_TOO_LARGE, "the body is larger than " + HttpFront.MAX_BODY_BYTES + " bytes"));
            }
            return plain;
        } catch (IOException e) {
            throw ChalkException.invalid("the body is not gzip");
        }
    }

    private static String origin(FakeRequest request) {
        String host = request.header("host");
        return "http://" + (host == null ? "127.0.0.1" : host);
    }

    @Override
    public FakeResponse error(FakeRequest request, FaceProblem problem) {
        FakeResponse response = error(Codes.of(problem), problem.message());
        return switch (problem.reason()) {
            // no method of Connect: bare statuses, as its servers give them
            case WRONG_CONTENT_TYPE ->
                new FakeResponse(415, Map.of(), new byte[0]).with("accept-post", PROTO + ", " + JSON);
            case WRONG_METHOD -> new FakeResponse(405, Map.of(), new byte[0]).with("allow", "POST");
            case NO_SUCH_PATH -> new FakeResponse(404, response.headers(), response.body());
            case RATE_LIMITED -> response.with("retry-after", Long.toString(seconds(problem)));
            default -> response;
        };
    }

    private static long seconds(FaceProblem problem) {
        Duration after = problem.retryAfter();
        return after == null ? 1 : Math.max(1, after.plusMillis(999).toSeconds());
    }

    static FakeResponse error(Status.Code code, String message) {
        JsonObject body = new JsonObject();
        body.addProperty("code", Codes.name(code));
        body.addProperty("message", message);
        return FakeResponse.json(Codes.httpStatus(code), body);
    }
}
