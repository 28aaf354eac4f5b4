package dev.headwater.connectors.internal.net;

import dev.headwater.spi.Cancellation;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

@Label("The proxy for drivers without a socket factory, sent garbage,")
class GateProxyGarbageTest {

    @Provide
    Arbitrary<byte[]> garbage() {
        Arbitrary<byte[]> any = Arbitraries.bytes().array(byte[].class).ofMaxSize(60);
        // Bytes of the protocols get further.
        Arbitrary<byte[]> likely = Arbitraries.of(
                        (byte) 5, (byte) 1, (byte) 0, (byte) 3, (byte) 'C', (byte) ':', (byte) ' ', (byte) '\r', (byte)
                                '\n')
                .array(byte[].class)
                .ofMaxSize(40);
        return Arbitraries.oneOf(any, likely);
    }

    @Property(tries = 200)
    @Label("ends what is no request of a proxy, whatever it is")
    void garbage(@ForAll("garbage") byte[] bytes) throws IOException {
        Passage nowhere = new Passage((host, address, port) -> false, Duration.ofSeconds(20), new Cancellation(), null);
        try (GateProxy proxy = GateProxy.open(nowhere);
                Socket socket = new Socket(proxy.host(), proxy.port())) {
            socket.setSoTimeout(20_000);
            try {
                socket.getOutputStream().write(bytes);
                socket.shutdownOutput();
                socket.getInputStream().readAllBytes();
            } catch (SocketTimeoutException e) {
                throw new AssertionError("it is still open", e);
            } catch (SocketException e) {
                // turned away before all was sent
            }
        }
    }
}
