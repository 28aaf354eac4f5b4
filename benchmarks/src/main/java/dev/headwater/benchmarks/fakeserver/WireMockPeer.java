package dev.headwater.benchmarks.fakeserver;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.Options;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;

/** WireMock, and how it is asked. */
final class WireMockPeer {

    private static final String TOKEN = "any";

    static final byte[] REQUEST = RawHttp.request("GET", "/api/public/organizations/test/data-sources/1", TOKEN, "");

    private WireMockPeer() {}

    /** WireMock with one stub that gives the body. */
    static WireMockServer start(String body, boolean journal) {
        WireMockConfiguration configuration = WireMockConfiguration.options()
                .dynamicPort()
                .bindAddress("127.0.0.1")
                .useChunkedTransferEncoding(Options.ChunkedEncodingPolicy.NEVER);
        if (!journal) {
            configuration.disableRequestJournal();
        }
        WireMockServer server = new WireMockServer(configuration);
        server.start();
        server.stubFor(WireMock.get("/api/public/organizations/test/data-sources/1")
                .withHeader("Authorization", WireMock.equalTo("Bearer " + TOKEN))
                .willReturn(WireMock.okJson(body)));
        return server;
    }
}
