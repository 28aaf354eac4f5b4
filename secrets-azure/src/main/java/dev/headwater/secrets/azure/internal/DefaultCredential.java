package dev.headwater.secrets.azure.internal;

import com.azure.core.credential.TokenCredential;
import com.azure.identity.DefaultAzureCredentialBuilder;

/** The default credentials of azure-identity, which need not be on the class path. */
public final class DefaultCredential {

    private DefaultCredential() {}

    /**
     * {@return the default credentials} Does no I/O.
     *
     * @throws IllegalStateException if azure-identity is not there
     */
    public static TokenCredential find() {
        try {
            return Identity.credential();
        } catch (NoClassDefFoundError missing) {
            throw new IllegalStateException(
                    "default credentials need com.azure:azure-identity on the class path: add it, or pass a credential",
                    missing);
        }
    }

    /** Apart, so that the class above loads without azure-identity. */
    private static final class Identity {
        static TokenCredential credential() {
            return new DefaultAzureCredentialBuilder().build();
        }
    }
}
