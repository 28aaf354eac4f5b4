package dev.headwater.fakeserver.internal.basedash;

import com.google.gson.JsonObject;
import dev.headwater.fakeserver.internal.rest.Values;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who may use a data source.
 *
 * @param mode {@code everyone}, or {@code restricted} to the groups and members
 */
record Access(String mode, List<String> groupIds, List<String> memberIds) {

    /** What a data source has that nobody said anything about. */
    static final Access EVERYONE = new Access("everyone", List.of(), List.of());

    private static final List<String> MODES = List.of("everyone", "restricted");

    /** @throws BasedashRefusal with all that is wrong */
    static Access read(JsonObject json) {
        Map<String, @Nullable Object> body = Values.of(json);
        List<String> problems = new ArrayList<>();
        Object mode = body.get("mode");
        if (!body.containsKey("mode")) {
            problems.add("mode is required");
        } else if (!(mode instanceof String word) || !MODES.contains(word)) {
            problems.add("mode must be one of " + String.join(", ", MODES));
        }
        List<String> groups = ids(body, "groupIds", problems);
        List<String> members = ids(body, "memberIds", problems);
        if (!problems.isEmpty()) {
            throw new BasedashRefusal(BasedashTitle.VALIDATION_ERROR, String.join("; ", problems));
        }
        return new Access(String.valueOf(mode), groups, members);
    }

    private static List<String> ids(Map<String, @Nullable Object> body, String key, List<String> problems) {
        if (!body.containsKey(key)) {
            return List.of();
        }
        LinkedHashSet<String> ids = new LinkedHashSet<>();
        if (body.get(key) instanceof List<?> items) {
            for (Object item : items) {
                if (item instanceof String id && !id.isEmpty()) {
                    ids.add(id);
                } else {
                    problems.add(key + " must hold ids");
                    break;
                }
            }
        } else {
            problems.add(key + " must be an array");
        }
        return List.copyOf(ids);
    }

    JsonObject json(String dataSourceId) {
        JsonObject json = Values.object("dataSourceId", dataSourceId);
        json.addProperty("mode", mode);
        json.add("groupIds", Values.array(groupIds));
        json.add("memberIds", Values.array(memberIds));
        return json;
    }
}
