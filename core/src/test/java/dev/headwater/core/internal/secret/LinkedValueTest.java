package dev.headwater.core.internal.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.headwater.spi.LinkedSecret;
import dev.headwater.spi.SecretStoreException;
import dev.headwater.spi.SecretValue;
import dev.headwater.spi.ValueEncoding;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The value of a linked secret")
class LinkedValueTest {

    /** The document of RFC 6901, section 5, and what this library adds to try. */
    private static final String JSON = """
            {"foo":["bar","baz"],"":0,"a/b":1,"c%d":2,"e^f":3,"g|h":4,"i\\\\j":5,"k\\"l":6," ":7,"m~n":8,
             "port":5432,"rate":1.50e3,"ssl":true,"none":null,"inner":{"password":"pl4nted-S3cret-value"}}
            """;

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(
            delimiter = '=',
            value = {
                "/foo/0=bar",
                "/foo/1=baz",
                "/=0",
                "/a~1b=1",
                "/c%d=2",
                "/e^f=3",
                "/g|h=4",
                "/i\\j=5",
                "/k\"l=6",
                "'/ '=7",
                "/m~0n=8",
                "/port=5432",
                "/rate=1.50e3",
                "/ssl=true",
                "/inner/password=pl4nted-S3cret-value"
            })
    @DisplayName("is what a JSON Pointer points at")
    void pointer(String pointer, String value) {
        assertThat(read(pointer, JSON)).isEqualTo(value);
    }

    @Test
    @DisplayName("may be the whole document")
    void wholeDocument() {
        assertThat(read("", "\"text\"")).isEqualTo("text");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nope",
                "/foo/2",
                "/foo/-",
                "/foo/00",
                "/foo/99999999999",
                "/foo/",
                "/foo",
                "/inner",
                "",
                "/none",
                "/port/0",
                "/inner/nope",
                "/inner/password/x",
                "//",
                "/foo/0/"
            })
    @DisplayName("is an error that names fields and shows no value when nothing fit is there")
    void noSuchField(String pointer) {
        assertUnusable(pointer, ValueEncoding.PLAIN, JSON);
    }

    @Test
    @DisplayName("that is missing is told with the names of the fields that are there")
    void namesFields() {
        assertThat(assertUnusable("/inner/user", ValueEncoding.PLAIN, JSON))
                .isEqualTo("linked secret aws:db#/inner/user has no field user at /inner, "
                        + "where it holds an object with the fields password");
        assertThat(assertUnusable("/foo", ValueEncoding.PLAIN, JSON))
                .isEqualTo("linked secret aws:db#/foo holds an array of 2 there, "
                        + "expected a string, number or boolean");
    }

    @Test
    @DisplayName("is not searched for by listing thousands of names, long ones or forged lines")
    void boundedNames() {
        StringBuilder json = new StringBuilder("{\"line\\nfeed\":1,\"" + "n".repeat(500) + "\":1");
        for (int i = 0; i < 3_000; i++) {
            json.append(",\"f").append(i).append("\":1");
        }
        String message =
                assertUnusable("/x", ValueEncoding.PLAIN, json.append('}').toString());

        assertThat(message).hasSizeLessThan(500).contains("line\\u000afeed", "and 2982 more");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pl4nted-S3cret-value",
                "",
                " ",
                "{\"password\":\"pl4nted-S3cret-value\"",
                "{'password':'pl4nted-S3cret-value'}",
                "{password:\"pl4nted-S3cret-value\"}",
                "{\"password\":\"pl4nted-S3cret-value\"} x",
                "{\"password\":\"pl4nted-S3cret-value\"}{}",
                "{\"password\":pl4nted-S3cret-value}",
                "{\"password\":\"pl4nted-S3cret-value\",}",
                "{\"password\"=\"pl4nted-S3cret-value\"}",
                "// pl4nted-S3cret-value\n{\"password\":\"x\"}",
                "{\"password\":NaN}",
                "{\"password\":TRUE}",
                "{\"password\":\"pl4nted\nS3cret\"}"
            })
    @DisplayName("is an error that shows none of it when the secret is not strictly JSON")
    void notJson(String text) {
        assertThat(assertUnusable("/password", ValueEncoding.PLAIN, text)).contains("is not JSON");
    }

    @Test
    @DisplayName("is an error, not an overflow, when JSON is nested without end")
    void deepJson() {
        assertUnusable("/0", ValueEncoding.PLAIN, "[".repeat(100_000));
        assertUnusable("/0", ValueEncoding.PLAIN, "[".repeat(100_000) + "]".repeat(100_000));
    }

    @ParameterizedTest
    @CsvSource({"cGzDpQ==, plå", "cGzDpQ, plå", "'', ''"})
    @DisplayName("is decoded from Base64, with or without padding")
    void base64(String text, String value) {
        assertThat(LinkedValue.read(link(null, ValueEncoding.BASE64), SecretValue.of(text))
                        .reveal())
                .isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cGzDpQ==\n", "pl4nted-S3cret-value", "cGzD pQ==", "cGzDpQ=", "c"})
    @DisplayName("is an error that shows none of it when it is not Base64")
    void notBase64(String text) {
        assertThat(assertUnusable(null, ValueEncoding.BASE64, text)).contains("is not Base64");
    }

    @Test
    @DisplayName("is an error when it is Base64 of other bytes than text")
    void base64OfBytes() {
        assertThat(assertUnusable(null, ValueEncoding.BASE64, "/w==")).contains("not UTF-8");
    }

    private static String read(String pointer, String text) {
        return LinkedValue.read(link(pointer, ValueEncoding.PLAIN), SecretValue.of(text))
                .reveal();
    }

    private static String assertUnusable(String pointer, ValueEncoding encoding, String text) {
        String[] message = new String[1];
        assertThatExceptionOfType(SecretStoreException.class)
                .isThrownBy(() -> LinkedValue.read(link(pointer, encoding), SecretValue.of(text)))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(SecretStoreException.Reason.UNUSABLE))
                .satisfies(e -> assertThat(e.secretName()).isEqualTo("db"))
                .satisfies(Planted::notIn)
                .satisfies(e -> message[0] = e.getMessage());
        return message[0];
    }

    private static LinkedSecret link(String pointer, ValueEncoding encoding) {
        return new LinkedSecret("aws", "db", pointer, encoding);
    }
}
