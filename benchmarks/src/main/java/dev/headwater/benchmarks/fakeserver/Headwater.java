package dev.headwater.benchmarks.fakeserver;

import dev.headwater.core.DataSourceDraft;
import dev.headwater.fakeserver.FakeServer;
import dev.headwater.spi.SourceSystem;

/** The fake server, and how it is asked. */
final class Headwater {

    private Headwater() {}

    /** A fake server with one data source. */
    static FakeServer start() {
        FakeServer server = FakeServer.start();
        server.seed(
                DataSourceDraft.of("postgresql", "orders").with("host", "db").with("port", 5432));
        return server;
    }

    /** How Basedash's API is asked for one data source. */
    static byte[] getRequest(FakeServer server) {
        String id = server.dataSources().get(0).id();
        return RawHttp.request(
                "GET",
                "/api/public/organizations/test/data-sources/".concat(id),
                server.token(SourceSystem.BASEDASH),
                "");
    }

    /** How Chalk's API is asked for the list over Connect, as JSON. */
    static byte[] listRequest(FakeServer server) {
        return listRequest(server, "application/json", "{}");
    }

    /** How Chalk's API is asked for the list over Connect, in Protobuf's binary form. */
    static byte[] binaryListRequest(FakeServer server) {
        return listRequest(server, "application/proto", "");
    }

    private static byte[] listRequest(FakeServer server, String type, String body) {
        return RawHttp.request(
                "POST",
                "/chalk.server.v1.IntegrationsService/ListIntegrations",
                server.token(SourceSystem.CHALK),
                type,
                body);
    }
}
