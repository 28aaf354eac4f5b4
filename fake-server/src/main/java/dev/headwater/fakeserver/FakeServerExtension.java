package dev.headwater.fakeserver;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a {@link FakeServer} as a parameter. On a class, or in a static field, one server serves all tests of the
 * class, nested ones too, and is reset before each; on a method, or in a field of the instance, each test has its own.
 * It is closed when they have ended.
 *
 * <pre>{@code
 * @ExtendWith(FakeServerExtension.class)
 * class MyClientTest {
 *     @Test
 *     void lists(FakeServer server) { ... }
 * }
 * }</pre>
 *
 * <p>Tests of one class that run at the same time would reset each other's server: give each its own, or a scope.
 */
public final class FakeServerExtension implements BeforeAllCallback, BeforeEachCallback, ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(FakeServerExtension.class);

    private final FakeServerBuilder builder;

    /** For {@code @ExtendWith}: a server as it is by default. */
    public FakeServerExtension() {
        this(FakeServer.builder());
    }

    /** For {@code @RegisterExtension}: a server of that kind. */
    public FakeServerExtension(FakeServerBuilder builder) {
        this.builder = builder;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        if (server(context) == null) {
            start(context);
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        FakeServer server = server(context);
        if (server == null) {
            start(context);
        } else {
            server.reset();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == FakeServer.class;
    }

    /** A parameter of a constructor or of {@code @BeforeEach} of a class whose tests have servers of their own starts it. */
    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        FakeServer server = server(context);
        return server == null ? start(context) : server;
    }

    private @Nullable FakeServer server(ExtensionContext context) {
        return context.getStore(NAMESPACE).get(FakeServer.class, FakeServer.class);
    }

    /** The store closes it. */
    private FakeServer start(ExtensionContext context) {
        FakeServer server = builder.start();
        context.getStore(NAMESPACE).put(FakeServer.class, server);
        return server;
    }
}
