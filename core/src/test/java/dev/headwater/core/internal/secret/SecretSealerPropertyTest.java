package dev.headwater.core.internal.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.headwater.core.DecryptionException;
import dev.headwater.core.EncryptionKeys;
import dev.headwater.spi.DataSourceId;
import dev.headwater.spi.EnvironmentId;
import dev.headwater.spi.SealedSecret;
import dev.headwater.spi.SecretId;
import dev.headwater.spi.SecretValue;
import java.util.Base64;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

@Label("A sealed secret")
class SecretSealerPropertyTest {

    private static final String A = EncryptionKeys.generateKey().reveal();
    private static final String B = EncryptionKeys.generateKey().reveal();

    private final SecretSealer sealer = SecretSealer.with(
            EncryptionKeys.builder().primary("a", A).add("b", B).build());

    record Place(String environment, String dataSource, String field, String id) {

        SealedSecret seal(SecretSealer sealer, String value) {
            return sealer.seal(
                    EnvironmentId.of(environment),
                    DataSourceId.of(dataSource),
                    field,
                    new SecretId(id),
                    SecretValue.of(value));
        }

        SealedSecret moved(SealedSecret secret, String keyId) {
            return new SealedSecret(
                    EnvironmentId.of(environment),
                    new SecretId(id),
                    DataSourceId.of(dataSource),
                    field,
                    keyId,
                    secret.ciphertext());
        }
    }

    @Property(tries = 300)
    @Label("opens to what was sealed, and holds none of it")
    void roundTrip(@ForAll("places") Place place, @ForAll("values") String value) {
        SealedSecret sealed = place.seal(sealer, value);

        assertThat(sealer.open(sealed).reveal()).isEqualTo(value);
        assertThat(sealed.keyId()).isEqualTo("a");
        if (value.length() > 8) {
            assertThat(sealed.ciphertext()).doesNotContain(value);
            assertThat(sealed.toString()).doesNotContain(value);
        }
    }

    @Property(tries = 300)
    @Label("opens nowhere else")
    void boundToItsPlace(@ForAll("places") Place place, @ForAll("places") Place other) {
        Assume.that(!place.equals(other));
        SealedSecret sealed = place.seal(sealer, Planted.SECRET);

        assertRefused(other.moved(sealed, "a"));
    }

    @Property(tries = 200)
    @Label("opens nowhere else where the parts only read the same when they are joined")
    void partsDoNotRunTogether(
            @ForAll("joined") String joined,
            @ForAll @IntRange(min = 1, max = 7) int first,
            @ForAll @IntRange(min = 1, max = 7) int second) {
        Assume.that(first != second);
        Place one = new Place("e", joined.substring(0, first), joined.substring(first), "i");
        Place two = new Place("e", joined.substring(0, second), joined.substring(second), "i");

        assertRefused(two.moved(one.seal(sealer, Planted.SECRET), "a"));
    }

    @Property(tries = 100)
    @Label("opens with no other key, whether the id or the bytes are another's")
    void boundToItsKey(@ForAll("places") Place place) {
        SealedSecret sealed = place.seal(sealer, Planted.SECRET);

        assertRefused(place.moved(sealed, "b"));
        assertThatExceptionOfType(DecryptionException.class)
                .isThrownBy(() -> sealer.open(place.moved(sealed, "c")))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(DecryptionException.Reason.UNKNOWN_KEY));
        SecretSealer otherBytes =
                SecretSealer.with(EncryptionKeys.builder().primary("a", B).build());
        assertThatExceptionOfType(DecryptionException.class).isThrownBy(() -> otherBytes.open(sealed));
    }

    @Property(tries = 500)
    @Label("does not open with one bit of it flipped")
    void oneBit(@ForAll("values") String value, @ForAll @IntRange(min = 0) int at) {
        SealedSecret sealed = new Place("e", "d", "f", "i").seal(sealer, value);
        byte[] bytes = Base64.getDecoder().decode(sealed.ciphertext());
        int bit = at % (bytes.length * 8);
        bytes[bit / 8] ^= (byte) (1 << (bit % 8));

        assertRefused(withText(sealed, Base64.getEncoder().encodeToString(bytes)));
    }

    @Property(tries = 500)
    @Label("does not open with one bit of its text flipped")
    void oneBitOfTheText(@ForAll("values") String value, @ForAll @IntRange(min = 0) int at) {
        SealedSecret sealed = new Place("e", "d", "f", "i").seal(sealer, value);
        char[] text = sealed.ciphertext().toCharArray();
        int bit = at % (text.length * 7);
        text[bit / 7] ^= (char) (1 << (bit % 7));
        Assume.that(text[bit / 7] > ' ' && text[bit / 7] <= '~');

        assertRefused(withText(sealed, new String(text)));
    }

    private void assertRefused(SealedSecret sealed) {
        assertThatExceptionOfType(DecryptionException.class)
                .isThrownBy(() -> sealer.open(sealed))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(DecryptionException.Reason.REFUSED))
                .satisfies(Planted::notIn);
    }

    static SealedSecret withText(SealedSecret sealed, String text) {
        return new SealedSecret(
                sealed.environment(), sealed.id(), sealed.dataSource(), sealed.field(), sealed.keyId(), text);
    }

    @Provide
    Arbitrary<Place> places() {
        // Few short parts, so that two places often differ in one of them only.
        Arbitrary<String> part = Arbitraries.of("a", "b", "ab", "aa", "abc");
        return Combinators.combine(part, part, part, part).as(Place::new);
    }

    @Provide
    Arbitrary<String> joined() {
        return Arbitraries.strings().withChars("ab").ofLength(8);
    }

    @Provide
    Arbitrary<String> values() {
        return Arbitraries.strings()
                .all()
                .ofMaxLength(60)
                .filter(text -> text.chars().noneMatch(c -> Character.isSurrogate((char) c)));
    }
}
