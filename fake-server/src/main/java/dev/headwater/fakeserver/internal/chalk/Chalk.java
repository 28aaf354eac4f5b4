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
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All methods of Chalk's API that the server has, whatever protocol they are called by. */
public final class Chalk {

    static final String AUTH = "chalk.server.v1.AuthService";
    static final String INTEGRATIONS = "chalk.server.v1.IntegrationsService";
    static final String SECRETS = "chalk.server.v1.EnvironmentSecretsService";

    private final World world;
    private final Auth auth;
    private final Map<String, Rpc<?, ?>> rpcs = new LinkedHashMap<>();

    public Chalk(World world, ChalkControls controls) {
        this.world = world;
        Sources sources = new Sources(world.translator(), controls);
        Variables variables = new Variables(sources);
        auth = new Auth(world, controls);
        PermissionTags tags = new PermissionTags(world);
        add(new Rpc<>(
                AUTH,
                "GetToken",
                GetTokenRequest.getDefaultInstance(),
                GetTokenResponse.getDefaultInstance(),
                null,
                auth::token));
        integrations(new Integrations(world, sources, variables), tags);
        probes(new Probes(world, sources, controls));
        secrets(new Secrets(world, variables, controls));
    }

    private void integrations(Integrations integrations, PermissionTags tags) {
        add(
                INTEGRATIONS,
                "ListIntegrations",
                ListIntegrationsRequest.getDefaultInstance(),
                ListIntegrationsResponse.getDefaultInstance(),
                Access.LIST,
                integrations::list);
        add(
                INTEGRATIONS,
                "ListIntegrationsAndSecrets",
                ListIntegrationsAndSecretsRequest.getDefaultInstance(),
                ListIntegrationsAndSecretsResponse.getDefaultInstance(),
                Access.DECRYPT,
                integrations::listWithSecrets);
        add(
                INTEGRATIONS,
                "GetIntegration",
                GetIntegrationRequest.getDefaultInstance(),
                GetIntegrationResponse.getDefaultInstance(),
                Access.DECRYPT,
                integrations::get);
        add(
                INTEGRATIONS,
                "GetIntegrationByName",
                GetIntegrationByNameRequest.getDefaultInstance(),
                GetIntegrationByNameResponse.getDefaultInstance(),
                Access.LIST,
                integrations::getByName);
        add(
                INTEGRATIONS,
                "GetIntegrationValue",
                GetIntegrationValueRequest.getDefaultInstance(),
                GetIntegrationValueResponse.getDefaultInstance(),
                Access.DECRYPT,
                integrations::value);
        add(
                INTEGRATIONS,
                "InsertIntegration",
                InsertIntegrationRequest.getDefaultInstance(),
                InsertIntegrationResponse.getDefaultInstance(),
                Access.WRITE,
                integrations::insert);
        add(
                INTEGRATIONS,
                "UpdateIntegration",
                UpdateIntegrationRequest.getDefaultInstance(),
                UpdateIntegrationResponse.getDefaultInstance(),
                Access.WRITE,
                integrations::update);
        add(
                INTEGRATIONS,
                "DeleteIntegration",
                DeleteIntegrationRequest.getDefaultInstance(),
                DeleteIntegrationResponse.getDefaultInstance(),
                Access.WRITE,
                integrations::delete);
        add(
                INTEGRATIONS,
                "ListDatasourcePermissionTags",
                ListDatasourcePermissionTagsRequest.getDefaultInstance(),
                ListDatasourcePermissionTagsResponse.getDefaultInstance(),
                Access.LIST,
                tags::list);
        add(
                INTEGRATIONS,
                "GetDatasourcePermissionTag",
                GetDatasourcePermissionTagRequest.getDefaultInstance(),
                GetDatasourcePermissionTagResponse.getDefaultInstance(),
                Access.LIST,
                tags::get);
        add(
                INTEGRATIONS,
                "UpsertDatasourcePermissionTag",
                UpsertDatasourcePermissionTagRequest.getDefaultInstance(),
                UpsertDatasourcePermissionTagResponse.getDefaultInstance(),
                Access.WRITE,
                tags::upsert);
        add(
                INTEGRATIONS,
                "DeleteDatasourcePermissionTag",
                DeleteDatasourcePermissionTagRequest.getDefaultInstance(),
                DeleteDatasourcePermissionTagResponse.getDefaultInstance(),
                Access.WRITE,
                tags::delete);
    }

    private void probes(Probes probes) {
        add(
                INTEGRATIONS,
                "TestIntegration",
                TestIntegrationRequest.getDefaultInstance(),
                TestIntegrationResponse.getDefaultInstance(),
                Access.LIST,
                probes::test);
        add(
                INTEGRATIONS,
                "ListSnowflakeNamedStages",
                ListSnowflakeNamedStagesRequest.getDefaultInstance(),
                ListSnowflakeNamedStagesResponse.getDefaultInstance(),
                Access.LIST,
                probes::stages);
    }

    private void secrets(Secrets secrets) {
        add(
                SECRETS,
                "ListSecrets",
                ListSecretsRequest.getDefaultInstance(),
                ListSecretsResponse.getDefaultInstance(),
                Access.LIST,
                secrets::list);
        add(
                SECRETS,
                "GetSecretValue",
                GetSecretValueRequest.getDefaultInstance(),
                GetSecretValueResponse.getDefaultInstance(),
                Access.DECRYPT,
                secrets::value);
        add(
                SECRETS,
                "GetAllSecretValues",
                GetAllSecretValuesRequest.getDefaultInstance(),
                GetAllSecretValuesResponse.getDefaultInstance(),
                Access.DECRYPT,
                secrets::values);
        add(
                SECRETS,
                "UpsertSecret",
                UpsertSecretRequest.getDefaultInstance(),
                UpsertSecretResponse.getDefaultInstance(),
                Access.WRITE,
                secrets::upsert);
        add(
                SECRETS,
                "DeleteSecret",
                DeleteSecretRequest.getDefaultInstance(),
                DeleteSecretResponse.getDefaultInstance(),
                Access.WRITE,
                secrets::delete);
    }

    private <Q extends Message, A extends Message> void add(
            String service, String name, Q request, A response, String permission, Rpc.Work<Q, A> work) {
        add(new Rpc<>(service, name, request, response, permission, work));
    }

    private void add(Rpc<?, ?> rpc) {
        rpcs.put(rpc.path(), rpc);
    }

    Collection<Rpc<?, ?>> rpcs() {
        return rpcs.values();
    }

    /** {@return the method that Connect has at a path; null if there is none} */
    @Nullable
    Rpc<?, ?> at(String path) {
        return rpcs.get(path);
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
