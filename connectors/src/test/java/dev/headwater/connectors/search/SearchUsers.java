package dev.headwater.connectors.search;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The users of the tests, each with a role of the same name, and how the one and the other server is told of them. */
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

    private final boolean opensearch;
    private final Map<String, String> roles = new LinkedHashMap<>();
    private final Map<String, String> users = new LinkedHashMap<>();

    private SearchUsers(boolean opensearch) {
        this.opensearch = opensearch;
        List<String> reading = opensearch
                ? List.of("read", "indices:admin/mappings/get", "indices:admin/aliases/get")
                : List.of("read", "view_index_metadata");
        if (opensearch) {
            add(APP, List.of("cluster:monitor/main", "cluster_composite_ops"), "*", List.of("indices_all"));
        } else {
            add(APP, List.of("monitor"), "*", List.of("all"));
        }
        add(READER, List.of(), "*", reading);
        add(SEARCHER, List.of(), "*", List.of("read"));
        add(GUEST, List.of(), "contract-*", reading);
        add(STRANGER, List.of(), "*", opensearch ? List.of() : List.of("none"));
    }

    private void add(String name, List<String> cluster, String indices, List<String> rights) {
        String role = opensearch
                ? "{\"cluster_permissions\": %s, \"index_permissions\": [{\"index_patterns\": [\"%s\"], \"allowed_actions\": %s}]}"
                : "{\"cluster\": %s, \"indices\": [{\"names\": [\"%s\"], \"privileges\": %s}]}";
        roles.put(name, role.formatted(array(cluster), indices, array(rights)));
        String user = "{\"password\": \"%s\", \"%s\": [\"%s\"]}";
        users.put(name, user.formatted(PASSWORD, opensearch ? "opendistro_security_roles" : "roles", name));
    }

    private static String array(List<String> texts) {
        return texts.stream().map(text -> '"' + text + '"').collect(Collectors.joining(",", "[", "]"));
    }

    static void addToElasticsearch(SearchProcess server) {
        SearchUsers made = new SearchUsers(false);
        made.roles.forEach((name, json) -> put(server, "/_security/role/" + name, json));
        made.users.forEach((name, json) -> put(server, "/_security/user/" + name, json));
    }

    /** In two requests: after each, the server reads all of its users and roles again. */
    static void addToOpenSearch(SearchProcess server) {
        SearchUsers made = new SearchUsers(true);
        patch(server, "/_plugins/_security/api/roles", made.roles);
        patch(server, "/_plugins/_security/api/internalusers", made.users);
    }

    private static void put(SearchProcess server, String path, String json) {
        server.send(SearchProcess.ADMINISTRATOR, "PUT", path, json);
    }

    private static void patch(SearchProcess server, String path, Map<String, String> added) {
        String json = added.entrySet().stream()
                .map(entry -> "{\"op\": \"add\", \"path\": \"/%s\", \"value\": %s}"
                        .formatted(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(",", "[", "]"));
        server.send(SearchProcess.ADMINISTRATOR, "PATCH", path, json);
    }
}
