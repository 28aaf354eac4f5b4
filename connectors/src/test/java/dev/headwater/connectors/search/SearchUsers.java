package dev.headwater.connectors.search;

import java.util.List;
import java.util.stream.Collectors;

/** Makes users, each with a role of the same name, by the API that the security of each kind of server has. */
final class SearchUsers {

    /** Who may do everything with every index, and see what server it is. */
    static final String APP = "app";

    /** Who may read every index and its mapping, and not see what server it is: what the connector says that is needed. */
    static final String READER = "reader";

    /** Who may search every index, and not see its mapping. */
    static final String SEARCHER = "searcher";

    /** Who may read the indices whose names begin with {@code contract-}, and no others. */
    static final String GUEST = "guest";

    /** Who may log in and do nothing. */
    static final String STRANGER = "stranger";

    /** Of all users. */
    static final String PASSWORD = "correct horse: battery staple ä";

    private final SearchProcess server;
    private final boolean opensearch;

    private SearchUsers(SearchProcess server, boolean opensearch) {
        this.server = server;
        this.opensearch = opensearch;
    }

    static void addTo(SearchProcess server, boolean opensearch) {
        SearchUsers users = new SearchUsers(server, opensearch);
        List<String> reading = opensearch
                ? List.of("read", "indices:admin/mappings/get", "indices:admin/aliases/get")
                : List.of("read", "view_index_metadata");
        if (opensearch) {
            users.add(APP, List.of("cluster:monitor/main", "cluster_composite_ops"), "*", List.of("indices_all"));
        } else {
            users.add(APP, List.of("monitor"), "*", List.of("all"));
        }
        users.add(READER, List.of(), "*", reading);
        users.add(SEARCHER, List.of(), "*", List.of("read"));
        users.add(GUEST, List.of(), "contract-*", reading);
        users.add(STRANGER, List.of(), "*", opensearch ? List.of() : List.of("none"));
    }

    private void add(String name, List<String> cluster, String indices, List<String> rights) {
        String role = opensearch
                ? "{\"cluster_permissions\": %s, \"index_permissions\": [{\"index_patterns\": [\"%s\"], \"allowed_actions\": %s}]}"
                : "{\"cluster\": %s, \"indices\": [{\"names\": [\"%s\"], \"privileges\": %s}]}";
        put(opensearch ? "/roles/" : "/role/", name, role.formatted(array(cluster), indices, array(rights)));
        String user = "{\"password\": \"%s\", \"%s\": [\"%s\"]}";
        String roles = opensearch ? "opendistro_security_roles" : "roles";
        put(opensearch ? "/internalusers/" : "/user/", name, user.formatted(PASSWORD, roles, name));
    }

    private static String array(List<String> texts) {
        return texts.stream().map(text -> '"' + text + '"').collect(Collectors.joining(",", "[", "]"));
    }

    private void put(String what, String name, String json) {
        String api = opensearch ? "/_plugins/_security/api" : "/_security";
        server.send(SearchProcess.ADMINISTRATOR, "PUT", api + what + name, json);
    }
}
