package dev.headwater.fakeserver.internal.chalk;

import dev.headwater.fakeserver.internal.chalk.wire.Secret;
import dev.headwater.fakeserver.internal.chalk.wire.SecretSource;
import dev.headwater.fakeserver.internal.chalk.wire.SecretValue;
import dev.headwater.fakeserver.internal.chalk.wire.SecretWithValue;
import java.time.Instant;

/**
 * A value of a data source, which becomes an environment variable. Prints without the value.
 *
 * @param id its id among the environment's secrets
 * @param integration the id of the data source
 * @param key the bare key, such as {@code PGPORT}
 * @param fullName the name of the variable, such as {@code RISK_PGPORT}
 * @param text the literal, or the name of the linked secret
 * @param linked whether it is linked
 * @param updatedAt when the data source changed last
 */
record Variable(
        String id, String integration, String key, String fullName, String text, boolean linked, Instant updatedAt) {

    private SecretSource source() {
        return linked ? SecretSource.SECRET_SOURCE_EXTERNAL : SecretSource.SECRET_SOURCE_MANAGED;
    }

    SecretWithValue shown(boolean withValue) {
        SecretWithValue.Builder shown = SecretWithValue.newBuilder()
                .setId(id)
                .setName(key)
                .setFullName(fullName)
                .setSource(source())
                .setUpdatedAt(Sources.timestamp(updatedAt));
        if (withValue) {
            shown.setValue(text);
        }
        return shown.build();
    }

    SecretValue value() {
        return SecretValue.newBuilder()
                .setName(key)
                .setValue(text)
                .setSource(source())
                .build();
    }

    Secret secret() {
        return Secret.newBuilder()
                .setId(id)
                .setName(fullName)
                .setUpdatedAt(Sources.timestamp(updatedAt))
                .setIntegrationId(integration)
                .setSource(source())
                .setScope(CustomSecrets.ENVIRONMENT)
                .build();
    }

    @Override
    public String toString() {
        return "Variable[" + fullName + "]";
    }
}
