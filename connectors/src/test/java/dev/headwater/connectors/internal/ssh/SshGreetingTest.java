package dev.headwater.connectors.internal.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("What a server says first")
class SshGreetingTest {

    private static SshGreeting of(String text) {
        return new SshGreeting(new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)));
    }

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "SSH-2.0-x,false",
                "'welcome\r\nSSH-2.0-x',false",
                "'\nSSH-1.99-x',false",
                "'HTTP/1.1 400 Bad Request\r\n',true",
                "' SSH-2.0',true",
                "SS,true",
                "'220 smtp SSH-2.0\r\n',true",
                "'',false"
            })
    @DisplayName("shows whether it is an SSH server, however it is read")
    void greeting(String text, boolean stranger) throws IOException {
        SshGreeting whole = of(text);
        assertThat(whole.readAllBytes()).hasSize(text.length());
        assertThat(whole.isStranger()).isEqualTo(stranger);
        SshGreeting single = of(text);
        while (single.read() >= 0) {
            // to the end
        }
        assertThat(single.isStranger()).isEqualTo(stranger);
    }

    @Test
    @DisplayName("is still heard when it has closed before it was answered")
    void closed() {
        SshGreeting greeting = of("HTTP/1.1 400 Bad Request\r\n");
        OutputStream broken = greeting.heardBeforeFailing(new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        });
        assertThatThrownBy(() -> broken.write(new byte[10], 0, 10)).hasMessage("Broken pipe");
        assertThat(greeting.isStranger()).isTrue();
    }
}
