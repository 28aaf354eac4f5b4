package dev.headwater.connectors.internal.ssh;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.KeyAgreement;

/** ECDSA keys in OpenSSH's form (RFC 5656), which holds the public key; a private key alone does not. */
final class EcdsaForm {

    /** By the bits of its order. */
    private static final Map<Integer, String> CURVES = Map.of(256, "nistp256", 384, "nistp384", 521, "nistp521");

    private EcdsaForm() {}

    /** {@return the key; empty if it is of a curve that SSH does not know} */
    static Optional<String> of(ECPrivateKey key) throws GeneralSecurityException {
        int bits = key.getParams().getOrder().bitLength();
        String curve = CURVES.get(bits);
        if (curve == null || !isNist(key.getParams(), bits)) {
            return Optional.empty();
        }
        byte[] point = uncompressed(publicPoint(key), (bits + 7) / 8);
        return Optional.of(OpenSshForm.of(
                "ecdsa-sha2-" + curve,
                List.of(OpenSshForm.ascii(curve), point),
                List.of(key.getS().toByteArray())));
    }

    private static boolean isNist(ECParameterSpec given, int bits) throws GeneralSecurityException {
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec("secp" + bits + "r1"));
        ECParameterSpec nist = parameters.getParameterSpec(ECParameterSpec.class);
        return given.getCurve().equals(nist.getCurve()) && given.getGenerator().equals(nist.getGenerator());
    }

    /**
     * The JDK multiplies points for key agreements: with the generator as the other side's key, what is agreed on is where the
     * public point is on one axis. Which of the two places on the other axis it is shows in a signature.
     */
    private static ECPoint publicPoint(ECPrivateKey key) throws GeneralSecurityException {
        ECParameterSpec curve = key.getParams();
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
        agreement.init(key);
        agreement.doPhase(publicKey(curve.getGenerator(), curve), true);
        BigInteger x = new BigInteger(1, agreement.generateSecret());
        BigInteger prime = ((ECFieldFp) curve.getCurve().getField()).getP();
        BigInteger square = x.pow(3)
                .add(curve.getCurve().getA().multiply(x))
                .add(curve.getCurve().getB());
        // A square root, since the primes of all three curves leave 3 when divided by 4.
        BigInteger y = square.modPow(prime.add(BigInteger.ONE).shiftRight(2), prime);
        ECPoint point = new ECPoint(x, y);
        return fits(key, publicKey(point, curve)) ? point : new ECPoint(x, prime.subtract(y));
    }

    private static PublicKey publicKey(ECPoint point, ECParameterSpec curve) throws GeneralSecurityException {
        return KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, curve));
    }

    private static boolean fits(ECPrivateKey key, PublicKey publicKey) throws GeneralSecurityException {
        byte[] signed = OpenSshForm.ascii("which of the two");
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(key);
        signature.update(signed);
        byte[] made = signature.sign();
        signature.initVerify(publicKey);
        signature.update(signed);
        return signature.verify(made);
    }

    /** SEC 1, section 2.3.3. */
    private static byte[] uncompressed(ECPoint point, int length) {
        byte[] bytes = new byte[1 + 2 * length];
        bytes[0] = 4;
        put(point.getAffineX(), bytes, 1 + length);
        put(point.getAffineY(), bytes, 1 + 2 * length);
        return bytes;
    }

    private static void put(BigInteger number, byte[] into, int end) {
        byte[] bytes = number.toByteArray();
        int from = bytes[0] == 0 ? 1 : 0;
        System.arraycopy(bytes, from, into, end - (bytes.length - from), bytes.length - from);
    }
}
