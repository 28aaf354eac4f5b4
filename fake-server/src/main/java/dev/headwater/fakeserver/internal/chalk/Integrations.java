package dev.headwater.fakeserver.internal.chalk;

import dev.headwater.fakeserver.internal.FakeSource;
import dev.headwater.fakeserver.internal.Scope;
import dev.headwater.fakeserver.internal.World;
import dev.headwater.fakeserver.internal.chalk.wire.DeleteIntegrationRequest;
import dev.headwater.fakeserver.internal.chalk.wire.DeleteIntegrationResponse;
import dev.headwater.fakeserver.internal.chalk.wire.GetIntegrationByNameRequest;
import dev.headwater.fakeserver.internal.chalk.wire.GetIntegrationByNameResponse;
import dev.headwater.fakeserver.internal.chalk.wire.GetIntegrationRequest;
import dev.headwater.fakeserver.internal.chalk.wire.GetIntegrationResponse;
import dev.headwater.fakeserver.internal.chalk.wire.GetIntegrationValueRequest;
import dev.headwater.fakeserver.internal.chalk.wire.GetIntegrationValueResponse;
import dev.headwater.fakeserver.internal.chalk.wire.InsertIntegrationRequest;
import dev.headwater.fakeserver.internal.chalk.wire.InsertIntegrationResponse;
import dev.headwater.fakeserver.internal.chalk.wire.IntegrationWithSecrets;
import dev.headwater.fakeserver.internal.chalk.wire.ListIntegrationsAndSecretsRequest;
import dev.headwater.fakeserver.internal.chalk.wire.ListIntegrationsAndSecretsResponse;
import dev.headwater.fakeserver.internal.chalk.wire.ListIntegrationsRequest;
import dev.headwater.fakeserver.internal.chalk.wire.ListIntegrationsResponse;
import dev.headwater.fakeserver.internal.chalk.wire.UpdateIntegrationRequest;
import dev.headwater.fakeserver.internal.chalk.wire.UpdateIntegrationResponse;
import io.grpc.Status;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Reads and changes data sources. */
final class Integrations {

    private final World world;
    private final Sources sources;
    private final Variables variables;

    Integrations(World world, Sources sources, Variables variables) {
        this.world = world;
        this.sources = sources;
        this.variables = variables;
    }

    ListIntegrationsResponse list(Call call, Access access, ListIntegrationsRequest request) {
        Scope scope = access.environment();
        ListIntegrationsResponse.Builder list = ListIntegrationsResponse.newBuilder();
        sources.all(scope).forEach(source -> list.addIntegrations(sources.integration(scope, source)));
        return list.build();
    }

    ListIntegrationsAndSecretsResponse listWithSecrets(
            Call call, Access access, ListIntegrationsAndSecretsRequest request) {
        Scope scope = access.environment();
        ListIntegrationsAndSecretsResponse.Builder list = ListIntegrationsAndSecretsResponse.newBuilder();
        for (FakeSource source : sources.all(scope)) {
            IntegrationWithSecrets.Builder one =
                    IntegrationWithSecrets.newBuilder().setIntegration(sources.integration(scope, source));
            variables.of(source).forEach(variable -> one.addSecrets(variable.shown(request.getDecrypt())));
            list.addIntegrations(one);
        }
        CustomSecrets.of(scope).all().stream()
                .filter(secret -> secret.scope().equals(CustomSecrets.ENVIRONMENT))
                .forEach(secret -> list.addCustomSecrets(secret.shown(request.getDecrypt())));
        return list.build();
    }

    /** An unknown id is answered with nothing, since Terraform takes an error for a failure of its own. */
    GetIntegrationResponse get(Call call, Access access, GetIntegrationRequest request) {
        Scope scope = access.environment();
        GetIntegrationResponse.Builder response = GetIntegrationResponse.newBuilder();
        sources.find(scope, request.getIntegrationId()).ifPresent(source -> {
            IntegrationWithSecrets.Builder found =
                    IntegrationWithSecrets.newBuilder().setIntegration(sources.integration(scope, source));
            for (Variable variable : variables.of(source)) {
                if (!sources.withheld(source, variable.key())) {
                    found.addSecrets(variable.shown(true));
                }
            }
            response.setIntegrationWithSecrets(found);
        });
        return response.build();
    }

    GetIntegrationByNameResponse getByName(Call call, Access access, GetIntegrationByNameRequest request) {
        Scope scope = access.environment();
        GetIntegrationByNameResponse.Builder response = GetIntegrationByNameResponse.newBuilder();
        named(scope, request.getIntegrationName())
                .ifPresent(source -> response.setIntegration(sources.integration(scope, source)));
        return response.build();
    }

    GetIntegrationValueResponse value(Call call, Access access, GetIntegrationValueRequest request) {
        GetIntegrationValueResponse.Builder response = GetIntegrationValueResponse.newBuilder();
        sources.find(access.environment(), request.getIntegrationId()).stream()
                .flatMap(source -> variables.of(source).stream())
                .filter(variable -> variable.key().equals(request.getSecretName()))
                .findFirst()
                .ifPresent(variable -> response.setSecretvalue(variable.value()));
        return response.build();
    }

    InsertIntegrationResponse insert(Call call, Access access, InsertIntegrationRequest request) {
        Scope scope = access.environment();
        Texts.checkName("name", request.getName());
        String kind = sources.kindId(Sources.checked(request.getIntegrationKind()));
        Map<String, Object> config = sources.given(request.getConfigMap(), request.getEnvironmentVariablesMap());
        FakeSource made = scope.atomically(() -> {
            checkFree(scope, request.getName(), "");
            Instant now = world.now();
            return scope.put(new FakeSource(
                    world.newId(), request.getName(), kind, Sources.spelled(config), Map.of(), now, now));
        });
        return InsertIntegrationResponse.newBuilder()
                .setIntegration(sources.integration(scope, made))
                .build();
    }

    /** No name and no config mean that they stay as they are; a key that is left out stays as well. */
    UpdateIntegrationResponse update(Call call, Access access, UpdateIntegrationRequest request) {
        Scope scope = access.environment();
        if (!request.getName().isEmpty()) {
            Texts.checkName("name", request.getName());
        }
        Map<String, Object> config = sources.given(request.getConfigMap(), request.getEnvironmentVariablesMap());
        FakeSource changed = scope.atomically(() -> {
            FakeSource source = sources.get(scope, request.getIntegrationId());
            Instant now = world.now();
            FakeSource next = source.withConfig(sources.changed(source, config), now);
            if (!request.getName().isEmpty() && !request.getName().equals(source.name())) {
                checkFree(scope, request.getName(), source.id());
                next = next.withName(request.getName(), now);
            }
            return scope.put(next);
        });
        return UpdateIntegrationResponse.newBuilder()
                .setIntegration(sources.integration(scope, changed))
                .build();
    }

    DeleteIntegrationResponse delete(Call call, Access access, DeleteIntegrationRequest request) {
        Scope scope = access.environment();
        scope.atomically(() -> scope.remove(sources.get(scope, request.getId()).id()));
        return DeleteIntegrationResponse.getDefaultInstance();
    }

    private Optional<FakeSource> named(Scope scope, String name) {
        return sources.all(scope).stream()
                .filter(source -> source.name().equals(name))
                .findFirst();
    }

    private void checkFree(Scope scope, String name, String except) {
        if (named(scope, name).filter(source -> !source.id().equals(except)).isPresent()) {
            throw new ChalkException(
                    Status.Code.ALREADY_EXISTS, "there is already an integration named " + Texts.shown(name));
        }
    }
}
