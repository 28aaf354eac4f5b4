package dev.headwater.fakeserver.internal.basedash;

import com.google.gson.JsonObject;
import dev.headwater.fakeserver.internal.Scope;
import dev.headwater.fakeserver.internal.Tokens.Token;
import dev.headwater.fakeserver.internal.World;
import dev.headwater.fakeserver.internal.rest.Values;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What Basedash's calls about organizations do. */
final class OrganizationCalls {

    private static final int ID_LENGTH = 12;

    private final World world;

    OrganizationCalls(World world) {
        this.world = world;
    }

    JsonObject list(Token key, Paging paging) {
        List<String> ids = new ArrayList<>(world.scopes().stream()
                .filter(scope -> Organization.of(scope).shows(scope, key))
                .map(Scope::id)
                .toList());
        Collections.reverse(ids);
        return paging.page(ids, id -> world.scope(id).map(Organization::json).orElse(null));
    }

    JsonObject create(Token key, JsonObject body) {
        Object name = Values.of(body).get("name");
        if (!body.has("name")) {
            throw new BasedashRefusal(BasedashTitle.VALIDATION_ERROR, "name is required");
        }
        if (!(name instanceof String text) || text.isEmpty()) {
            throw new BasedashRefusal(BasedashTitle.VALIDATION_ERROR, "name must be a string that is not empty");
        }
        String id = "org_" + world.newText(ID_LENGTH);
        world.addScope(id, text);
        Scope scope = world.scope(id).orElseThrow();
        Organization.of(scope).madeBy(key);
        return Organization.json(scope);
    }
}
