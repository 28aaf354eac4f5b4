package dev.headwater.fakeserver.internal.chalk;

import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.ProtoUtils;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One method of a service.
 *
 * @param service the service's full name
 * @param name the method's name
 * @param request an empty request
 * @param response an empty response
 * @param permission what a token must be allowed; null if the call needs no token
 * @param work what answers it
 */
record Rpc<Q extends Message, A extends Message>(
        String service,
        String name,
        Q request,
        A response,
        @Nullable String permission,
        Work<Q, A> work) {

    /** Answers a call. */
    @FunctionalInterface
    interface Work<Q, A> {

        /**
         * @param access what the call may touch; {@link Access#NOTHING} if it needs no token
         * @throws ChalkException for what is wrong with the call
         */
        A answer(Call call, Access access, Q request);
    }

    /** {@return where Connect has it} */
    String path() {
        return "/" + service + "/" + name;
    }

    /** What gRPC is to know of it. A request that is broken is none: what its own marshaller throws, gRPC does not answer. */
    MethodDescriptor<Optional<Q>, A> descriptor() {
        return MethodDescriptor.<Optional<Q>, A>newBuilder()
                .setType(MethodDescriptor.MethodType.UNARY)
                .setFullMethodName(MethodDescriptor.generateFullMethodName(service, name))
                .setRequestMarshaller(new Lenient<>(ProtoUtils.marshaller(request)))
                .setResponseMarshaller(ProtoUtils.marshaller(response))
                .build();
    }

    private record Lenient<Q extends Message>(MethodDescriptor.Marshaller<Q> strict)
            implements MethodDescriptor.Marshaller<Optional<Q>> {

        @Override
        public InputStream stream(Optional<Q> value) {
            return strict.stream(value.orElseThrow());
        }

        @Override
        public Optional<Q> parse(InputStream stream) {
            try {
                return Optional.of(strict.parse(stream));
            } catch (StatusRuntimeException broken) {
                return Optional.empty();
            }
        }
    }
}
