package dev.headwater.fakeserver.internal.chalk;

import dev.headwater.fakeserver.internal.Scope;
import dev.headwater.fakeserver.internal.World;
import dev.headwater.fakeserver.internal.chalk.wire.DatasourcePermissionTag;
import dev.headwater.fakeserver.internal.chalk.wire.DeleteDatasourcePermissionTagRequest;
import dev.headwater.fakeserver.internal.chalk.wire.DeleteDatasourcePermissionTagResponse;
import dev.headwater.fakeserver.internal.chalk.wire.GetDatasourcePermissionTagRequest;
import dev.headwater.fakeserver.internal.chalk.wire.GetDatasourcePermissionTagResponse;
import dev.headwater.fakeserver.internal.chalk.wire.IntegrationKind;
import dev.headwater.fakeserver.internal.chalk.wire.ListDatasourcePermissionTagsRequest;
import dev.headwater.fakeserver.internal.chalk.wire.ListDatasourcePermissionTagsResponse;
import dev.headwater.fakeserver.internal.chalk.wire.UpsertDatasourcePermissionTagRequest;
import dev.headwater.fakeserver.internal.chalk.wire.UpsertDatasourcePermissionTagResponse;
import java.util.LinkedHashMap;
import java.util.Map;

/** Keeps the permission tags of data sources, by kind and name; the data source need not be there. */
final class PermissionTags {

    private final World world;

    PermissionTags(World world) {
        this.world = world;
    }

    private record Key(IntegrationKind kind, String name) {}

    private static final class Kept {

        private final Map<Key, DatasourcePermissionTag> tags = new LinkedHashMap<>();
    }

    ListDatasourcePermissionTagsResponse list(Call call, Access access, ListDatasourcePermissionTagsRequest request) {
        Scope scope = access.environment();
        return scope.atomically(() -> ListDatasourcePermissionTagsResponse.newBuilder()
                .addAllDatasourcePermissionTags(tags(scope).values())
                .build());
    }

    /** Tags that are not there are answered with nothing. */
    GetDatasourcePermissionTagResponse get(Call call, Access access, GetDatasourcePermissionTagRequest request) {
        Scope scope = access.environment();
        Key key = key(request.getKind(), request.getName());
        GetDatasourcePermissionTagResponse.Builder response = GetDatasourcePermissionTagResponse.newBuilder();
        DatasourcePermissionTag found = scope.<DatasourcePermissionTag>atomically(
                () -> tags(scope).getOrDefault(key, DatasourcePermissionTag.getDefaultInstance()));
        if (!found.getName().isEmpty()) {
            response.setDatasourcePermissionTag(found);
        }
        return response.build();
    }

    UpsertDatasourcePermissionTagResponse upsert(
            Call call, Access access, UpsertDatasourcePermissionTagRequest request) {
        Scope scope = access.environment();
        Key key = key(request.getKind(), request.getName());
        scope.atomically(() -> tags(scope)
                .compute(
                        key,
                        (any, old) -> DatasourcePermissionTag.newBuilder()
                                .setKind(key.kind())
                                .setName(key.name())
                                .addAllPermissionTags(request.getPermissionTagsList())
                                .setCreatedAt(old == null ? Sources.timestamp(world.now()) : old.getCreatedAt())
                                .setUpdatedAt(Sources.timestamp(world.now()))
                                .build()));
        return UpsertDatasourcePermissionTagResponse.getDefaultInstance();
    }

    DeleteDatasourcePermissionTagResponse delete(
            Call call, Access access, DeleteDatasourcePermissionTagRequest request) {
        Scope scope = access.environment();
        Key key = key(request.getKind(), request.getName());
        if (!scope.atomically(() -> tags(scope).keySet().remove(key))) {
            throw ChalkException.notFound("there are no permission tags for that kind and name");
        }
        return DeleteDatasourcePermissionTagResponse.getDefaultInstance();
    }

    private static Map<Key, DatasourcePermissionTag> tags(Scope scope) {
        return scope.attachment(Kept.class, Kept::new).tags;
    }

    private static Key key(IntegrationKind kind, String name) {
        Texts.checkName("name", name);
        return new Key(Sources.checked(kind), name);
    }
}
