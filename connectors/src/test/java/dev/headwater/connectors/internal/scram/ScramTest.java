package dev.headwater.connectors.internal.scram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A login by SCRAM")
class ScramTest {

    private final Scram scram = new Scram(256, "a,b=c", "pencil");
    private final String first = new String(scram.first(), StandardCharsets.UTF_8);
    private final String nonce = first.substring(first.indexOf("r=") + 2);

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    @DisplayName("begins with the user's name, quoted, and a nonce that is new each time")
    void begins() {
        assertThat(first).startsWith("n,,n=a=2Cb=3Dc,r=");
        assertThat(new Scram(256, "a,b=c", "pencil").first()).isNotEqualTo(bytes(first));
    }

    @Test
    @DisplayName("trusts no server that does not prove that it knows the password")
    void forged() throws Exception {
        byte[] last = scram.last(bytes("r=" + nonce + "x,s=c2FsdA==,i=4096"));
        assertThat(new String(last, StandardCharsets.UTF_8))
                .startsWith("c=biws,r=" + nonce + "x,p=")
                .doesNotContain("pencil");
        for (String answer : new String[] {"", "v=", "v=AAAA", "v=!", "e=other-error"}) {
            assertThatThrownBy(() -> scram.verify(bytes(answer))).isInstanceOf(ScramException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "r=stranger,s=c2FsdA==,i=4096",
                "r=%s,s=c2FsdA==,i=1",
                "r=%s,s=c2FsdA==,i=1000000000",
                "r=%s,s=c2FsdA==,i=x",
                "r=%s,s=!,i=4096"
            })
    @DisplayName("is not gone on with where the challenge is not for it, or is weak, endless or nonsense")
    void challenges(String challenge) {
        assertThatThrownBy(() -> scram.last(bytes(challenge.replace("%s", nonce))))
                .isInstanceOf(ScramException.class);
    }
}
