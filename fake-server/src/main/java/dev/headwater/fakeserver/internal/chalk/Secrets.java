package dev.headwater.fakeserver.internal.chalk;

import dev.headwater.fakeserver.ChalkControls;
import dev.headwater.fakeserver.internal.Scope;
import dev.headwater.fakeserver.internal.World;
import dev.headwater.fakeserver.internal.chalk.wire.DeleteSecretRequest;
import dev.headwater.fakeserver.internal.chalk.wire.DeleteSecretResponse;
import dev.headwater.fakeserver.internal.chalk.wire.GetAllSecretValuesRequest;
import dev.headwater.fakeserver.internal.chalk.wire.GetAllSecretValuesResponse;
import dev.headwater.fakeserver.internal.chalk.wire.GetSecretValueRequest;
import dev.headwater.fakeserver.internal.chalk.wire.GetSecretValueResponse;
import dev.headwater.fakeserver.internal.chalk.wire.ListSecretsRequest;
import dev.headwater.fakeserver.internal.chalk.wire.ListSecretsResponse;
import dev.headwater.fakeserver.internal.chalk.wire.Secret;
import dev.headwater.fakeserver.internal.chalk.wire.SecretConfigValue;
import dev.headwater.fakeserver.internal.chalk.wire.SecretScope;
import dev.headwater.fakeserver.internal.chalk.wire.SecretScopeType;
import dev.headwater.fakeserver.internal.chalk.wire.UpsertSecretRequest;
import dev.headwater.fakeserver.internal.chalk.wire.UpsertSecretResponse;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Reads and changes the secrets of an environment. */
final class Secrets {

    private final World world;
    private final Variables variables;
    private final ChalkControls controls;

    Secrets(World world, Variables variables, ChalkControls controls) {
        this.world = world;
        this.variables = variables;
        this.controls = controls;
    }

    ListSecretsResponse list(Call call, Access access, ListSecretsRequest request) {
        return ListSecretsResponse.newBuilder()
                .addAllSecrets(secrets(access.environment(), request.getIncludeScoped()))
                .build();
    }

    /** An unknown id is answered with nothing. */
    GetSecretValueResponse value(Call call, Access access, GetSecretValueRequest request) {
        Scope scope = access.environment();
        GetSecretValueResponse.Builder response = GetSecretValueResponse.newBuilder();
        Stream.concat(
                        variables.all(scope).stream()
                                .filter(variable -> variable.id().equals(request.getId()))
                                .map(Variable::value),
                        CustomSecrets.of(scope).all().stream()
                                .filter(secret -> secret.id().equals(request.getId()))
                                .map(CustomSecrets.Custom::value))
                .findFirst()
                .ifPresent(response::setSecretValue);
        return response.build();
    }

    /** Linked secrets are left out: there is no cloud behind the server that has them. */
    GetAllSecretValuesResponse values(Call call, Access access, GetAllSecretValuesRequest request) {
        Scope scope = access.environment();
        Map<String, String> values = new LinkedHashMap<>(variables.values(scope));
        CustomSecrets.of(scope).all().stream()
                .filter(secret -> !secret.linked() && secret.scope().equals(CustomSecrets.ENVIRONMENT))
                .forEach(secret -> values.put(secret.name(), secret.text()));
        return GetAllSecretValuesResponse.newBuilder().putAllValues(values).build();
    }

    UpsertSecretResponse upsert(Call call, Access access, UpsertSecretRequest request) {
        Scope scope = access.environment();
        Texts.checkName("name", request.getName());
        SecretScope to = scope(request.hasScope(), request.getScope());
        refuseOfIntegration(scope, request.getName());
        boolean grant = !request.hasConfig() && request.getValue().isEmpty() && !to.equals(CustomSecrets.ENVIRONMENT);
        if (grant) {
            if (!CustomSecrets.of(scope).grant(request.getName(), to, world.now())) {
                throw ChalkException.notFound("the environment has no secret of that name to grant");
            }
        } else {
            put(scope, request, to);
        }
        return UpsertSecretResponse.newBuilder()
                .addAllSecrets(secrets(scope, true))
                .build();
    }

    private void put(Scope scope, UpsertSecretRequest request, SecretScope to) {
        SecretConfigValue config = request.getConfig();
        boolean linked = config.getValueCase() == SecretConfigValue.ValueCase.SECRET_ID;
        String text = switch (config.getValueCase()) {
            case LITERAL -> config.getLiteral();
            case SECRET_ID -> LinkedSecretIds.local(request.getName(), config.getSecretId(), controls.linkedStore());
            case VALUE_NOT_SET -> {
                if (request.hasConfig()) {
                    throw ChalkException.invalid("config must have a literal or a secret_id");
                }
                yield request.getValue();
            }
        };
        CustomSecrets.of(scope).put(world.newId(), request.getName(), to, text, linked, world.now());
    }

    DeleteSecretResponse delete(Call call, Access access, DeleteSecretRequest request) {
        Scope scope = access.environment();
        refuseOfIntegration(scope, request.getName());
        if (!CustomSecrets.of(scope).remove(request.getName(), scope(request.hasScope(), request.getScope()))) {
            throw ChalkException.notFound("there is no such secret");
        }
        return DeleteSecretResponse.newBuilder()
                .addAllSecrets(secrets(scope, true))
                .build();
    }

    private void refuseOfIntegration(Scope scope, String name) {
        if (variables.all(scope).stream()
                .anyMatch(variable -> variable.fullName().equals(name))) {
            throw new ChalkException(
                    Status.Code.FAILED_PRECONDITION, "the secret belongs to an integration; change that instead");
        }
    }

    private List<Secret> secrets(Scope scope, boolean scoped) {
        List<Secret> secrets = new ArrayList<>();
        variables.all(scope).forEach(variable -> secrets.add(variable.secret()));
        for (CustomSecrets.Custom secret : CustomSecrets.of(scope).all()) {
            if (scoped || secret.scope().equals(CustomSecrets.ENVIRONMENT)) {
                secrets.add(secret.secret());
            }
        }
        return secrets;
    }

    private static SecretScope scope(boolean given, SecretScope scope) {
        if (!given || scope.getType() == SecretScopeType.SECRET_SCOPE_TYPE_ENVIRONMENT) {
            return CustomSecrets.ENVIRONMENT;
        }
        if (scope.getType() == SecretScopeType.SECRET_SCOPE_TYPE_UNSPECIFIED
                || scope.getType() == SecretScopeType.UNRECOGNIZED
                || scope.getRef().isEmpty()) {
            throw ChalkException.invalid("a scope must have a type, and a ref unless it is the environment");
        }
        return scope;
    }
}
