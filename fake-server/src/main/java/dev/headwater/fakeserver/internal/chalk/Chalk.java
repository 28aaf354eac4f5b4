package dev.headwater.fakeserver.internal.chalk;

import com.google.protobuf.Message;
import dev.headwater.fakeserver.ChalkControls;
import dev.headwater.fakeserver.internal.World;
import dev.headwater.fakeserver.internal.chalk.wire.DeleteDatasourcePermissionTagRequest;
import dev.headwater.fakeserver.internal.chalk.wire.DeleteDatasourcePermissionTagResponse;
import dev.headwater.fakeserver.internal.chalk.wire.DeleteIntegrationRequest;
import dev.headwater.fakeserver.internal.chalk.wire.DeleteIntegrationResponse;
import dev.headwater.fakeserver.internal.chalk.wire.DeleteSecretRequest;
import dev.headwater.fakeserver.internal.chalk.wire.DeleteSecretResponse;
import dev.headwater.fakeserver.internal.chalk.wire.GetAllSecretValuesRequest;
import dev.headwater.fakeserver.internal.chalk.wire.GetAllSecretValuesResponse;
import dev.headwater.fakeserver.internal.chalk.wire.GetDatasourcePermissionTagRequest;
import dev.headwater.fakeserver.internal.chalk.wire.GetDatasourcePermissionTagResponse;
import dev.headwater.fakeserver.internal.chalk.wire.GetIntegrationByNameRequest;
import dev.headwater.fakeserver.internal.chalk.wire.GetIntegrationByNameResponse;
import dev.headwater.fakeserver.internal.chalk.wire.GetIntegrationRequest;
import dev.headwater.fakeserver.internal.chalk.wire.GetIntegrationResponse;
import dev.headwater.fakeserver.internal.chalk.wire.GetIntegrationValueRequest;
import dev.headwater.fakeserver.internal.chalk.wire.GetIntegrationValueResponse;
import dev.headwater.fakeserver.internal.chalk.wire.GetSecretValueRequest;
import dev.headwater.fakeserver.internal.chalk.wire.GetSecretValueResponse;
import dev.headwater.fakeserver.internal.chalk.wire.GetTokenRequest;
import dev.headwater.fakeserver.internal.chalk.wire.GetTokenResponse;
import dev.headwater.fakeserver.internal.chalk.wire.InsertIntegrationRequest;
import dev.headwater.fakeserver.internal.chalk.wire.InsertIntegrationResponse;
import dev.headwater.fakeserver.internal.chalk.wire.ListDatasourcePermissionTagsRequest;
import dev.headwater.fakeserver.internal.chalk.wire.ListDatasourcePermissionTagsResponse;
import dev.headwater.fakeserver.internal.chalk.wire.ListIntegrationsAndSecretsRequest;
import dev.headwater.fakeserver.internal.chalk.wire.ListIntegrationsAndSecretsResponse;
import dev.headwater.fakeserver.internal.chalk.wire.ListIntegrationsRequest;
import dev.headwater.fakeserver.internal.chalk.wire.ListIntegrationsResponse;
import dev.headwater.fakeserver.internal.chalk.wire.ListSecretsRequest;
import dev.headwater.fakeserver.internal.chalk.wire.ListSecretsResponse;
import dev.headwater.fakeserver.internal.chalk.wire.ListSnowflakeNamedStagesRequest;
import dev.headwater.fakeserver.internal.chalk.wire.ListSnowflakeNamedStagesResponse;
import dev.headwater.fakeserver.internal.chalk.wire.TestIntegrationRequest;
import dev.headwater.fakeserver.internal.chalk.wire.TestIntegrationResponse;
import dev.headwater.fakeserver.internal.chalk.wire.UpdateIntegrationRequest;
import dev.headwater.fakeserver.internal.chalk.wire.UpdateIntegrationResponse;
import dev.headwater.fakeserver.internal.chalk.wire.UpsertDatasourcePermissionTagRequest;
import dev.headwater.fakeserver.internal.chalk.wire.UpsertDatasourcePermissionTagResponse;
import dev.headwater.fakeserver.internal.chalk.wire.UpsertSecretRequest;
import dev.headwater.fakeserver.internal.chalk.wire.UpsertSecretResponse;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** All methods of Chalk's API that the server has, whatever protocol they are called by. */
public final class Chalk {

    static final String AUTH = "chalk.server.v1.AuthService";
    static final String INTEGRATIONS = "chalk.server.v1.IntegrationsService";
    static final String SECRETS = "chalk.server.v1.EnvironmentSecretsService";

    private final World world;
    private final Auth auth;
    private final Sources sources;
    private final Variables variables;
    private final ChalkControls controls;
    private final Map<String, Rpc<?, ?>> rpcs = new ConcurrentHashMap<>();

    public Chalk(World world, ChalkControls controls) {
        this.world = world;
        this.controls = controls;
        this.auth = new Auth(world, controls);
        this.sources = new Sources(world.translator(), controls);
        this.variables = new Variables(sources);
    }

    /** {@return the method that Connect has at a path; null if there is none} It is made when it is first asked for. */
    @Nullable
    Rpc<?, ?> at(String path) {
        Rpc<?, ?> known = rpcs.get(path);
        if (known != null) {
            return known;
        }
        Rpc<?, ?> made = made(path);
        if (made != null) {
            rpcs.put(path, made);
        }
        return made;
    }

    private @Nullable Rpc<?, ?> made(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        if (path.equals("/" + AUTH + "/GetToken")) {
            return new Rpc<>(
                    AUTH,
                    name,
                    GetTokenRequest.getDefaultInstance(),
                    GetTokenResponse.getDefaultInstance(),
                    null,
                    auth::token);
        } else if (path.equals("/" + SECRETS + "/" + name)) {
            return secrets(name, new Secrets(world, variables, controls));
        } else if (path.equals("/" + INTEGRATIONS + "/" + name)) {
            Rpc<?, ?> rpc = integrations(name, new Integrations(world, sources, variables));
            return rpc != null ? rpc : others(name);
        }
        return null;
    }

    private static @Nullable Rpc<?, ?> integrations(String name, Integrations integrations) {
        return switch (name) {
            case "ListIntegrations" ->
                new Rpc<>(
                        INTEGRATIONS,
                        name,
                        ListIntegrationsRequest.getDefaultInstance(),
                        ListIntegrationsResponse.getDefaultInstance(),
                        Access.LIST,
                        integrations::list);
            case "ListIntegrationsAndSecrets" ->
                new Rpc<>(
                        INTEGRATIONS,
                        name,
                        ListIntegrationsAndSecretsRequest.getDefaultInstance(),
                        ListIntegrationsAndSecretsResponse.getDefaultInstance(),
                        Access.DECRYPT,
                        integrations::listWithSecrets);
            case "GetIntegration" ->
                new Rpc<>(
                        INTEGRATIONS,
                        name,
                        GetIntegrationRequest.getDefaultInstance(),
                        GetIntegrationResponse.getDefaultInstance(),
                        Access.DECRYPT,
                        integrations::get);
            case "GetIntegrationByName" ->
                new Rpc<>(
                        INTEGRATIONS,
                        name,
                        GetIntegrationByNameRequest.getDefaultInstance(),
                        GetIntegrationByNameResponse.getDefaultInstance(),
                        Access.LIST,
                        integrations::getByName);
            case "GetIntegrationValue" ->
                new Rpc<>(
                        INTEGRATIONS,
                        name,
                        GetIntegrationValueRequest.getDefaultInstance(),
                        GetIntegrationValueResponse.getDefaultInstance(),
                        Access.DECRYPT,
                        integrations::value);
            case "InsertIntegration" ->
                new Rpc<>(
                        INTEGRATIONS,
                        name,
                        InsertIntegrationRequest.getDefaultInstance(),
                        InsertIntegrationResponse.getDefaultInstance(),
                        Access.WRITE,
                        integrations::insert);
            case "UpdateIntegration" ->
                new Rpc<>(
                        INTEGRATIONS,
                        name,
                        UpdateIntegrationRequest.getDefaultInstance(),
                        UpdateIntegrationResponse.getDefaultInstance(),
                        Access.WRITE,
                        integrations::update);
            case "DeleteIntegration" ->
                new Rpc<>(
                        INTEGRATIONS,
                        name,
                        DeleteIntegrationRequest.getDefaultInstance(),
                        DeleteIntegrationResponse.getDefaultInstance(),
                        Access.WRITE,
                        integrations::delete);
            default -> null;
        };
    }

    private @Nullable Rpc<?, ?> others(String name) {
        return switch (name) {
            case "ListDatasourcePermissionTags" ->
                new Rpc<>(
                        INTEGRATIONS,
                        name,
                        ListDatasourcePermissionTagsRequest.getDefaultInstance(),
                        ListDatasourcePermissionTagsResponse.getDefaultInstance(),
                        Access.LIST,
                        new PermissionTags(world)::list);
            case "GetDatasourcePermissionTag" ->
                new Rpc<>(
                        INTEGRATIONS,
                        name,
                        GetDatasourcePermissionTagRequest.getDefaultInstance(),
                        GetDatasourcePermissionTagResponse.getDefaultInstance(),
                        Access.LIST,
                        new PermissionTags(world)::get);
            case "UpsertDatasourcePermissionTag" ->
                new Rpc<>(
                        INTEGRATIONS,
                        name,
                        UpsertDatasourcePermissionTagRequest.getDefaultInstance(),
                        UpsertDatasourcePermissionTagResponse.getDefaultInstance(),
                        Access.WRITE,
                        new PermissionTags(world)::upsert);
            case "DeleteDatasourcePermissionTag" ->
                new Rpc<>(
                        INTEGRATIONS,
                        name,
                        DeleteDatasourcePermissionTagRequest.getDefaultInstance(),
                        DeleteDatasourcePermissionTagResponse.getDefaultInstance(),
                        Access.WRITE,
                        new PermissionTags(world)::delete);
            case "TestIntegration" ->
                new Rpc<>(
                        INTEGRATIONS,
                        name,
                        TestIntegrationRequest.getDefaultInstance(),
                        TestIntegrationResponse.getDefaultInstance(),
                        Access.LIST,
                        new Probes(world, sources, controls)::test);
            case "ListSnowflakeNamedStages" ->
                new Rpc<>(
                        INTEGRATIONS,
                        name,
                        ListSnowflakeNamedStagesRequest.getDefaultInstance(),
                        ListSnowflakeNamedStagesResponse.getDefaultInstance(),
                        Access.LIST,
                        new Probes(world, sources, controls)::stages);
            default -> null;
        };
    }

    private static @Nullable Rpc<?, ?> secrets(String name, Secrets secrets) {
        return switch (name) {
            case "ListSecrets" ->
                new Rpc<>(
                        SECRETS,
                        name,
                        ListSecretsRequest.getDefaultInstance(),
                        ListSecretsResponse.getDefaultInstance(),
                        Access.LIST,
                        secrets::list);
            case "GetSecretValue" ->
                new Rpc<>(
                        SECRETS,
                        name,
                        GetSecretValueRequest.getDefaultInstance(),
                        GetSecretValueResponse.getDefaultInstance(),
                        Access.DECRYPT,
                        secrets::value);
            case "GetAllSecretValues" ->
                new Rpc<>(
                        SECRETS,
                        name,
                        GetAllSecretValuesRequest.getDefaultInstance(),
                        GetAllSecretValuesResponse.getDefaultInstance(),
                        Access.DECRYPT,
                        secrets::values);
            case "UpsertSecret" ->
                new Rpc<>(
                        SECRETS,
                        name,
                        UpsertSecretRequest.getDefaultInstance(),
                        UpsertSecretResponse.getDefaultInstance(),
                        Access.WRITE,
                        secrets::upsert);
            case "DeleteSecret" ->
                new Rpc<>(
                        SECRETS,
                        name,
                        DeleteSecretRequest.getDefaultInstance(),
                        DeleteSecretResponse.getDefaultInstance(),
                        Access.WRITE,
                        secrets::delete);
            default -> null;
        };
    }

    World world() {
        return world;
    }

    Auth auth() {
        return auth;
    }

    /**
     * Answers a call.
     *
     * @throws ChalkException for what is wrong with it
     */
    <Q extends Message, A extends Message> A answer(Rpc<Q, A> rpc, Call call, Q request) {
        Access access = rpc.permission() == null ? Access.NOTHING : Access.of(world, call, rpc.permission());
        return rpc.work().answer(call, access, request);
    }
}
