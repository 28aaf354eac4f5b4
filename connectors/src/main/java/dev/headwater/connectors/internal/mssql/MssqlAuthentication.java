package dev.headwater.connectors.internal.mssql;

import dev.headwater.spi.ConnectorException;
import dev.headwater.spi.FailureCode;
import dev.headwater.spi.ResolvedConfig;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * How to log in: as a user, as a service principal, or, with neither and if the host lets it, as the managed identity of the
 * process. The driver
 * asks Microsoft Entra for tokens itself, by libraries that a host adds:
 * https://learn.microsoft.com/en-us/sql/connect/jdbc/connecting-using-azure-active-directory-authentication.
 */
final class MssqlAuthentication {

    private static final String ARTIFACT = "com.azure:azure-identity";

    /** The process's own identity is shown to Microsoft's servers only, and not to any server that a config names. */
    private static final Pattern AZURE_HOST = Pattern.compile(
            "[a-z0-9.-]+\\.(database\\.windows\\.net|database\\.usgovcloudapi\\.net|database\\.chinacloudapi\\.cn"
                    + "|sql\\.azuresynapse\\.net|datawarehouse\\.fabric\\.microsoft\\.com|database\\.fabric\\.microsoft\\.com)");

    private MssqlAuthentication() {}

    static void add(ResolvedConfig config, Map<String, String> properties, boolean processCredentials) {
        if (config.has("username")) {
            properties.put("user", config.required("username"));
            properties.put("password", config.required("password"));
        } else if (config.has("client_id")) {
            requireTls(config, "client_id");
            requireLibrary("com.microsoft.aad.msal4j.ConfidentialClientApplication", "a service principal");
            properties.put("authentication", "ActiveDirectoryServicePrincipal");
            properties.put("user", config.required("client_id"));
            properties.put("password", config.required("client_secret"));
        } else if (!processCredentials) {
            throw new ConnectorException(
                    FailureCode.INVALID_CONFIG,
                    "neither username nor client_id is given, and this application lets no data source use its own managed"
                            + " identity",
                    "Set username and password, or client_id, client_secret and tenant_id; or let the application allow its"
                            + " own identity (Connectors.mssqlWithProcessCredentials).");
        } else {
            addManagedIdentity(config, properties);
        }
    }

    private static void addManagedIdentity(ResolvedConfig config, Map<String, String> properties) {
        requireTls(config, "the managed identity");
        String host = MssqlKind.hostName(config).toLowerCase(Locale.ROOT);
        if (!AZURE_HOST.matcher(host).matches()
                || Boolean.parseBoolean(properties.get("trustServerCertificate"))
                || config.has("extraProperties.hostNameInCertificate")) {
            throw new ConnectorException(
                    FailureCode.INVALID_CONFIG,
                    "neither username nor client_id is given, and the managed identity of this process logs in to verified"
                            + " hosts of Azure only (such as name.database.windows.net)");
        }
        requireLibrary("com.azure.identity.ManagedIdentityCredentialBuilder", "the managed identity");
        properties.put("authentication", "ActiveDirectoryManagedIdentity");
    }

    private static void requireTls(ResolvedConfig config, String what) {
        if (!config.flag("ssl.enabled", true)) {
            throw new ConnectorException(
                    FailureCode.INVALID_CONFIG, what + " needs ssl.enabled, since the server gets a token");
        }
    }

    private static void requireLibrary(String className, String what) {
        try {
            Class.forName(className, false, MssqlAuthentication.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            throw new ConnectorException(
                    FailureCode.DRIVER_MISSING,
                    "to log in as " + what + ", the driver needs " + className + ", which is not on the class path",
                    "Add " + ARTIFACT + " to the class path of the application.");
        }
    }
}
