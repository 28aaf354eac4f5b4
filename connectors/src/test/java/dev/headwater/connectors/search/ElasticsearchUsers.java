package dev.headwater.connectors.search;

/** Makes users and roles by the API of Elasticsearch's security. */
final class ElasticsearchUsers {

    /** Who makes the others. */
    static final String ADMINISTRATOR = "administrator";

    /** Who may read every index and its mapping, and not see what server it is: what the connector says that is needed. */
    static final String READER = "reader";

    /** Who may search every index, and not see its mapping. */
    static final String SEARCHER = "searcher";

    /** Who may read the indices whose names begin with {@code contract-}, and no others. */
    static final String GUEST = "guest";

    private ElasticsearchUsers() {}

    static void addTo(SearchProcess server) {
        add(server, SearchProcess.USER, "monitor", "*", "all");
        add(server, READER, "", "*", "read\",\"view_index_metadata");
        add(server, SEARCHER, "", "*", "read");
        add(server, GUEST, "", "contract-*", "read\",\"view_index_metadata");
        user(server, SearchProcess.STRANGER, "");
    }

    private static void add(SearchProcess server, String name, String cluster, String indices, String rights) {
        role(server, name, cluster, indices, rights);
        user(server, name, name);
    }

    private static void role(SearchProcess server, String name, String cluster, String indices, String rights) {
        put(server, "/_security/role/" + name, """
                {"cluster": [%s], "indices": [{"names": ["%s"], "privileges": ["%s"]}]}""".formatted(
                        cluster.isEmpty() ? "" : '"' + cluster + '"', indices, rights));
    }

    private static void user(SearchProcess server, String name, String role) {
        put(server, "/_security/user/" + name, """
                {"password": "%s", "roles": [%s]}""".formatted(
                        SearchProcess.PASSWORD, role.isEmpty() ? "" : '"' + role + '"'));
    }

    private static void put(SearchProcess server, String path, String json) {
        server.send(SearchProcess.basic(ADMINISTRATOR), "PUT", path, json);
    }
}
