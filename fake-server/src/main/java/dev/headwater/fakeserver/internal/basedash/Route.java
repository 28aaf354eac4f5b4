package dev.headwater.fakeserver.internal.basedash;

import dev.headwater.fakeserver.internal.FakeRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What a request is about.
 *
 * @param methods the operations that the path has, by method; empty if there is nothing at the path
 * @param operation what is wanted, or {@link #UNKNOWN}
 * @param organization the id of the organization; empty if the path names none
 * @param dataSource the id of the data source; empty if the path names none
 */
record Route(Map<String, String> methods, String operation, String organization, String dataSource) {

    static final String UNKNOWN = "unknown";

    private static final Map<String, String> ORGANIZATIONS =
            Map.of("GET", "listOrganizations", "POST", "createOrganization");
    private static final Map<String, String> DATA_SOURCES = Map.of("GET", "list", "POST", "create");
    private static final Map<String, String> VERIFY = Map.of("POST", "verify");
    private static final Map<String, String> DATA_SOURCE = Map.of("GET", "get", "PATCH", "update", "DELETE", "delete");
    private static final Map<String, String> ACCESS = Map.of("GET", "getAccess", "PUT", "setAccess");

    static Route of(FakeRequest request) {
        // "", "api", "public", "organizations", id, "data-sources", id, "access"
        String path = request.path();
        List<String> parts =
                Arrays.asList((path.endsWith("/") ? path.substring(0, path.length() - 1) : path).split("/", -1));
        Map<String, String> methods = methods(parts);
        // HEAD is answered as GET; the front leaves the body out.
        String method = request.method().equals("HEAD") ? "GET" : request.method();
        return new Route(
                methods,
                methods.getOrDefault(method, UNKNOWN),
                parts.size() > 4 ? parts.get(4) : "",
                parts.size() > 6 ? parts.get(6) : "");
    }

    private static Map<String, String> methods(List<String> parts) {
        boolean here = parts.size() >= 4 && parts.get(3).equals("organizations");
        boolean sources = parts.size() >= 6 && parts.get(5).equals("data-sources");
        if (here && parts.size() == 4) {
            return ORGANIZATIONS;
        } else if (!here || !sources) {
            return Map.of();
        }
        return switch (parts.size()) {
            case 6 -> DATA_SOURCES;
            case 7 -> parts.get(6).equals("verify") ? VERIFY : DATA_SOURCE;
            case 8 -> parts.get(7).equals("access") ? ACCESS : Map.of();
            default -> Map.of();
        };
    }

    /** {@return the methods that the path takes, as the Allow header says it} */
    String allowed() {
        String allowed = String.join(", ", methods.keySet().stream().sorted().toList());
        return methods.containsKey("GET") ? allowed + ", HEAD, OPTIONS" : allowed + ", OPTIONS";
    }
}
