package dev.headwater.fakeserver.internal.chalk;

import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.grpc.protobuf.ProtoUtils;
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

    MethodDescriptor<Q, A> descriptor() {
        return MethodDescriptor.<Q, A>newBuilder()
                .setType(MethodDescriptor.MethodType.UNARY)
                .setFullMethodName(MethodDescriptor.generateFullMethodName(service, name))
                .setRequestMarshaller(ProtoUtils.marshaller(request))
                .setResponseMarshaller(ProtoUtils.marshaller(response))
                .build();
    }
}
