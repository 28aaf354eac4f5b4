package dev.headwater.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A network policy")
class NetworkPolicyTest {

    private static InetAddress address(String text) throws UnknownHostException {
        return InetAddress.getByName(text);
    }

    @Nested
    @DisplayName("for public addresses only")
    class PublicOnly {

        private final NetworkPolicy policy = NetworkPolicy.publicAddressesOnly();

        @ParameterizedTest(name = "{0}")
        @ValueSource(
                strings = {
                    "0.0.0.0",
                    "10.0.0.1",
                    "10.255.255.255",
                    "100.64.0.1",
                    "100.127.255.255",
                    "127.0.0.1",
                    "127.9.9.9",
                    "169.254.169.254",
                    "172.16.0.1",
                    "172.31.255.255",
                    "192.0.0.8",
                    "192.0.2.1",
                    "192.168.1.1",
                    "198.18.0.1",
                    "198.19.255.255",
                    "198.51.100.7",
                    "203.0.113.9",
                    "224.0.0.1",
                    "239.1.1.1",
                    "240.0.0.1",
                    "255.255.255.255",
                    "::",
                    "::1",
                    "::10.0.0.1",
                    "::ffff:10.0.0.1",
                    "64:ff9b::a00:1",
                    "64:ff9b:1::1",
                    "100::1",
                    "2001::1",
                    "2001:2::1",
                    "2001:db8::1",
                    "2002:a00:1::1",
                    "2002:7f00:1::",
                    "3fff::1",
                    "5f00::1",
                    "fc00::1",
                    "fd00:ec2::254",
                    "fe80::1",
                    "fec0::1",
                    "ff02::1"
                })
        @DisplayName("refuses")
        void refuses(String text) throws UnknownHostException {
            assertThat(policy.allows("host", address(text), 5432)).isFalse();
        }

        @ParameterizedTest(name = "{0}")
        @ValueSource(
                strings = {
                    "1.1.1.1",
                    "8.8.8.8",
                    "9.255.255.255",
                    "11.0.0.0",
                    "100.63.255.255",
                    "100.128.0.0",
                    "126.255.255.255",
                    "128.0.0.1",
                    "169.253.255.255",
                    "172.15.255.255",
                    "172.32.0.0",
                    "192.167.255.255",
                    "192.169.0.0",
                    "198.17.255.255",
                    "198.20.0.0",
                    "223.255.255.255",
                    "2600::1",
                    "2a00:1450::1",
                    "64:ff9b::808:808",
                    "2002:808:808::1",
                    "::ffff:8.8.8.8"
                })
        @DisplayName("allows")
        void allows(String text) throws UnknownHostException {
            assertThat(policy.allows("host", address(text), 5432)).isTrue();
        }

        @Test
        @DisplayName("is not led astray by an IPv4 address in the clothes of an IPv6 one")
        void mapped() throws UnknownHostException {
            byte[] mapped = new byte[16];
            mapped[10] = (byte) 0xff;
            mapped[11] = (byte) 0xff;
            mapped[12] = 127;
            mapped[15] = 1;
            assertThat(policy.allows("host", Inet6Address.getByAddress("host", mapped, -1), 1))
                    .isFalse();
            assertThat(policy.allows("host", InetAddress.getByAddress(mapped), 1))
                    .isFalse();
        }
    }

    @Nested
    @DisplayName("behind an SSH server")
    class BehindTunnel {

        @ParameterizedTest(name = "{0}")
        @ValueSource(
                strings = {
                    "169.254.169.254",
                    "[fe80::1]",
                    "fe80::1",
                    "fd00:ec2::254",
                    "::ffff:169.254.169.254",
                    "2852039166",
                    "0xa9fea9fe",
                    "0xa9.0xfe.0xa9fe",
                    "0251.0376.0251.0376",
                    "169.254.43518",
                    "169.254.169.254."
                })
        @DisplayName("refuses link-local addresses, however they are written:")
        void refuses(String host) {
            assertThat(NetworkPolicy.refuseLinkLocal().allowsBehindTunnel(host, 80))
                    .isFalse();
            assertThat(NetworkPolicy.publicAddressesOnly().allowsBehindTunnel(host, 80))
                    .isFalse();
        }

        @ParameterizedTest(name = "{0}")
        @ValueSource(
                strings = {
                    "10.0.0.5",
                    "127.0.0.1",
                    "localhost",
                    "db.internal",
                    "::1",
                    "fd12::1",
                    "999.1.1.1",
                    "1.2.3.4.5",
                    "0x"
                })
        @DisplayName("allows what is that server's own affair:")
        void allows(String host) {
            assertThat(NetworkPolicy.publicAddressesOnly().allowsBehindTunnel(host, 5432))
                    .isTrue();
        }
    }

    @Nested
    @DisplayName("for some ports")
    class Ports {

        private final NetworkPolicy policy = NetworkPolicy.publicAddressesOnly().onlyPorts(Set.of(22, 5432));

        @Test
        @DisplayName("refuses all others, also behind an SSH server, and what it refused before")
        void ports() throws UnknownHostException {
            InetAddress known = address("8.8.8.8");
            assertThat(policy.allows("host", known, 5432)).isTrue();
            assertThat(policy.allows("host", known, 22)).isTrue();
            assertThat(policy.allows("host", known, 80)).isFalse();
            assertThat(policy.allows("host", address("10.0.0.1"), 22)).isFalse();
            assertThat(policy.allowsBehindTunnel("db.internal", 5432)).isTrue();
            assertThat(policy.allowsBehindTunnel("db.internal", 6379)).isFalse();
            assertThat(policy.allowsBehindTunnel("169.254.169.254", 5432)).isFalse();
        }

        @Test
        @DisplayName("takes only ports")
        void checked() {
            NetworkPolicy all = NetworkPolicy.refuseLinkLocal();
            for (Set<Integer> ports : java.util.List.of(Set.<Integer>of(), Set.of(0), Set.of(65_536))) {
                assertThatThrownBy(() -> all.onlyPorts(ports)).isInstanceOf(IllegalArgumentException.class);
            }
        }
    }
}
