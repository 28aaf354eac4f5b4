package dev.headwater.fakeserver.internal.basedash;

import com.google.gson.JsonObject;
import dev.headwater.fakeserver.internal.FakeRequest;
import dev.headwater.fakeserver.internal.rest.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param limit how many items at the most
 * @param cursor the id of the last item of the page before; null for the first page
 */
record Paging(int limit, @Nullable String cursor) {

    private static final int MOST = 100;
    private static final int DEFAULT = 50;

    /** @throws BasedashRefusal if the query is not valid */
    static Paging of(FakeRequest request) {
        String limit = request.parameter("limit");
        if (limit == null) {
            return new Paging(DEFAULT, request.parameter("cursor"));
        }
        if (!limit.matches("[1-9][0-9]?|100")) {
            throw new BasedashRefusal(BasedashTitle.VALIDATION_ERROR, "limit must be an integer from 1 to " + MOST);
        }
        return new Paging(Integer.parseInt(limit), request.parameter("cursor"));
    }

    /**
     * {@return the page as it is sent}
     *
     * @param ids all ids in the order of the list, those of items that are gone among them
     * @param item the item with an id; null if it is gone
     * @throws BasedashRefusal if the cursor is none of the ids
     */
    JsonObject page(List<String> ids, Function<String, @Nullable JsonObject> item) {
        int from = 0;
        if (cursor != null) {
            from = ids.indexOf(cursor) + 1;
            if (from == 0) {
                throw new BasedashRefusal(BasedashTitle.VALIDATION_ERROR, "cursor is not the id of an item");
            }
        }
        List<JsonObject> items = new ArrayList<>();
        boolean more = false;
        String last = null;
        for (String id : ids.subList(from, ids.size())) {
            JsonObject found = item.apply(id);
            if (found != null) {
                if (items.size() == limit) {
                    more = true;
                    break;
                }
                items.add(found);
                last = id;
            }
        }
        JsonObject pagination = Values.object("nextCursor", more ? last : null);
        pagination.addProperty("hasMore", more);
        JsonObject page = Values.object("data", Values.array(items));
        page.add("pagination", pagination);
        return page;
    }
}
