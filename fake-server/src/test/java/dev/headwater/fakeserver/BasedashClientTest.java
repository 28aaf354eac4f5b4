package dev.headwater.fakeserver;

import static dev.headwater.spi.SourceSystem.BASEDASH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.headwater.fakeserver.generated.ApiClient;
import dev.headwater.fakeserver.generated.ApiException;
import dev.headwater.fakeserver.generated.api.DataSourcesApi;
import dev.headwater.fakeserver.generated.api.OrganizationsApi;
import dev.headwater.fakeserver.generated.model.AccessChange;
import dev.headwater.fakeserver.generated.model.AccessMode;
import dev.headwater.fakeserver.generated.model.ConnectionToVerify;
import dev.headwater.fakeserver.generated.model.DataSource;
import dev.headwater.fakeserver.generated.model.DataSourceChange;
import dev.headwater.fakeserver.generated.model.DataSourcePage;
import dev.headwater.fakeserver.generated.model.Dialect;
import dev.headwater.fakeserver.generated.model.HealthStatus;
import dev.headwater.fakeserver.generated.model.NewDataSource;
import dev.headwater.fakeserver.generated.model.NewOrganization;
import dev.headwater.fakeserver.generated.model.RateLimitReply;
import dev.headwater.fakeserver.generated.model.SyncStatus;
import dev.headwater.fakeserver.generated.model.Verification;
import dev.headwater.spi.FailureCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A client that a generator made of our description of Basedash's API")
class BasedashClientTest {

    private final FakeServer server = FakeServer.start();
    private final ApiClient client = client(server);
    private final DataSourcesApi dataSources = new DataSourcesApi(client);
    private String organization;

    private static ApiClient client(FakeServer server) {
        ApiClient client = new ApiClient();
        client.updateBaseUri(server.url().toString());
        client.setRequestInterceptor(request -> request.header("Authorization", "Bearer " + server.token(BASEDASH)));
        return client;
    }

    @BeforeEach
    void makeOrganization() throws ApiException {
        organization = new OrganizationsApi(client)
                .createOrganization(new NewOrganization().name("Acme"))
                .getData()
                .getId();
    }

    @AfterEach
    void close() {
        server.close();
    }

    private static NewDataSource postgres(String displayName) {
        return new NewDataSource()
                .type(NewDataSource.TypeEnum.DIRECT)
                .dialect(Dialect.POSTGRES)
                .displayName(displayName)
                .host("db.example.com")
                .port(5432)
                .databaseName("shop")
                .username("reader")
                .password("hunter2-hunter2");
    }

    @Test
    @DisplayName("makes, gets, changes and deletes a data source")
    void lifecycle() throws ApiException, InterruptedException {
        DataSource made =
                dataSources.createDataSource(organization, postgres("Shop")).getData();
        assertThat(made.getDialect()).isEqualTo(Dialect.POSTGRES);
        assertThat(made.getLastSyncStatus()).isEqualTo(SyncStatus.PENDING);
        assertThat(made.getPort()).isEqualByComparingTo("5432");

        assertThat(server.awaitSyncs(Duration.ofSeconds(20))).isTrue();
        DataSource got = dataSources.getDataSource(organization, made.getId()).getData();
        assertThat(got.getLastSyncStatus()).isEqualTo(SyncStatus.SUCCESS);
        assertThat(got.getLastHealthStatus()).isEqualTo(HealthStatus.HEALTHY);
        assertThat(got.getLastSuccessfulSyncAt()).isNotNull();

        DataSource changed = dataSources
                .updateDataSource(
                        organization,
                        made.getId(),
                        new DataSourceChange().displayName("Shop 2").unsetPassword(true))
                .getData();
        assertThat(changed.getDisplayName()).isEqualTo("Shop 2");
        assertThat(changed.getHost()).isEqualTo("db.example.com");
        assertThat(changed.getDatabaseName()).isEqualTo("shop");

        assertThat(dataSources
                        .deleteDataSource(organization, made.getId())
                        .getData()
                        .getId())
                .isEqualTo(made.getId());
        assertThat(catchThrowableOfType(ApiException.class, () -> dataSources.getDataSource(organization, made.getId()))
                        .getCode())
                .isEqualTo(404);
    }

    @Test
    @DisplayName("pages through a list")
    void pages() throws ApiException {
        for (int i = 1; i <= 5; i++) {
            dataSources.createDataSource(organization, postgres("Shop " + i));
        }
        List<String> names = new ArrayList<>();
        String cursor = null;
        do {
            DataSourcePage page = dataSources.listDataSources(organization, 2, cursor);
            page.getData().forEach(item -> names.add(item.getDisplayName()));
            cursor = page.getPagination().getNextCursor();
            assertThat(page.getPagination().getHasMore()).isEqualTo(cursor != null);
        } while (cursor != null);

        assertThat(names).containsExactly("Shop 5", "Shop 4", "Shop 3", "Shop 2", "Shop 1");
    }

    @Test
    @DisplayName("verifies connections, and hears by field what is wrong")
    void verify() throws ApiException {
        ConnectionToVerify connection =
                new ConnectionToVerify().dialect(Dialect.MYSQL).host("h");
        assertThat(dataSources
                        .verifyDataSource(organization, connection)
                        .getData()
                        .getSuccess())
                .isTrue();

        server.connectionTests(ConnectionTests.fail(FailureCode.UNKNOWN_HOST, "no such host"));
        Verification failed =
                dataSources.verifyDataSource(organization, connection).getData();
        assertThat(failed.getSuccess()).isFalse();
        assertThat(failed.getFieldErrors()).containsEntry("host", "Host not found");
    }

    @Test
    @DisplayName("sets and gets who may use a data source")
    void access() throws ApiException {
        String id = dataSources
                .createDataSource(organization, postgres("Shop"))
                .getData()
                .getId();
        assertThat(dataSources.getDataSourceAccess(organization, id).getData().getMode())
                .isEqualTo(AccessMode.EVERYONE);

        dataSources.setDataSourceAccess(
                organization, id, new AccessChange().mode(AccessMode.RESTRICTED).addMemberIdsItem("m1"));

        assertThat(dataSources.getDataSourceAccess(organization, id).getData().getMemberIds())
                .containsExactly("m1");
    }

    @Test
    @DisplayName("reads how long to wait from an exceeded rate limit")
    void rateLimit() throws Exception {
        server.next(1).of(BASEDASH).rateLimit(Duration.ofSeconds(3));
        ApiException limited =
                catchThrowableOfType(ApiException.class, () -> dataSources.listDataSources(organization, null, null));

        assertThat(limited.getCode()).isEqualTo(429);
        RateLimitReply reply =
                ApiClient.createDefaultObjectMapper().readValue(limited.getResponseBody(), RateLimitReply.class);
        assertThat(reply.getError().getRetryAfterMs()).isEqualByComparingTo("3000");
    }
}
