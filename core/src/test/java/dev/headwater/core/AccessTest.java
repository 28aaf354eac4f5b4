package dev.headwater.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.spi.Caller;
import dev.headwater.spi.DataSourceId;
import dev.headwater.spi.DataSourceRecord;
import dev.headwater.spi.EnvironmentId;
import dev.headwater.spi.PageQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

@DisplayName("The access policy")
class AccessTest {

    private final List<Action> asked = new ArrayList<>();
    private AccessPolicy policy = AccessPolicy.allowAll();
    private final DataSourceRegistry registry = DataSourceRegistry.builder()
            .accessPolicy((caller, environment, action, subject) -> {
                asked.add(action);
                return policy.decide(caller, environment, action, subject);
            })
            .build();
    private final DataSources sources = registry.environment("production");
    private final DataSourceRecord orders = sources.create(Sources.postgres("orders"));

    @AfterEach
    void close() {
        registry.close();
    }

    private Map<String, Consumer<DataSources>> calls() {
        DataSourceId id = orders.id();
        return Map.ofEntries(
                Map.entry("create", s -> s.create(Sources.postgres("new"))),
                Map.entry("get", s -> s.get(id)),
                Map.entry("getByName", s -> s.getByName("orders")),
                Map.entry("list", s -> s.list(PageQuery.first(10))),
                Map.entry("stream", s -> s.stream(PageQuery.first(10)).toList()),
                Map.entry("update", s -> s.update(id, DataSourcePatch.setting("port", 1))),
                Map.entry("replace", s -> s.replace(id, Sources.postgres("orders"), WriteOptions.DEFAULT)),
                Map.entry("rename", s -> s.rename(id, "other")),
                Map.entry("delete", s -> s.delete(id)),
                Map.entry("test", s -> s.test(id)),
                Map.entry("test with overrides", s -> s.test(id, DataSourcePatch.setting("port", 1))),
                Map.entry("test of a draft", s -> s.test(Sources.postgres("draft"))),
                Map.entry("test with a preview", s -> s.test(id, TestOptions.preview(1))),
                Map.entry(
                        "test of a draft with a preview",
                        s -> s.test(Sources.postgres("draft"), TestOptions.preview(1))),
                Map.entry("sync", s -> s.sync(id)),
                Map.entry("schema", s -> s.schema(id)),
                Map.entry("observations", s -> s.observations(id)),
                Map.entry("history of one", s -> s.history(id, Long.MAX_VALUE, 10)),
                Map.entry("history", s -> s.history(Long.MAX_VALUE, 10)),
                Map.entry("deploy", DataSources::deploy),
                Map.entry("deployments", s -> s.deployments(Long.MAX_VALUE, 10)),
                Map.entry("deployed", DataSources::deployed),
                Map.entry("rollback", s -> s.rollback(0, null)),
                Map.entry("resolve", s -> s.resolve(id)),
                Map.entry("a pool", s -> s.connections().dataSource("orders")),
                Map.entry("a client", s -> s.connections().client("orders", String.class)));
    }

    @TestFactory
    @DisplayName("is asked by every call, and what it denies is not done")
    Stream<DynamicTest> everyCallIsDenied() {
        return calls().entrySet().stream()
                .map(call -> DynamicTest.dynamicTest(call.getKey(), () -> {
                    policy = (caller, environment, action, subject) -> AccessPolicy.Decision.DENY;
                    assertThatThrownBy(() -> call.getValue().accept(sources.as(Caller.of("mallory"))))
                            .isInstanceOf(AccessDeniedException.class)
                            .hasMessageContaining("mallory");
                    policy = AccessPolicy.allowAll();
                    assertThat(sources.get(orders.id())).isEqualTo(orders);
                    assertThat(sources.history(Long.MAX_VALUE, 10)).hasSize(1);
                }));
    }

    @Test
    @DisplayName("makes what it hides look like what is not there")
    void hides() {
        policy = (caller, environment, action, subject) ->
                subject == null ? AccessPolicy.Decision.ALLOW : AccessPolicy.Decision.HIDE;
        DataSources mallory = sources.as(Caller.of("mallory"));
        String hidden = messageOf(() -> mallory.getByName("orders"));
        String missing = messageOf(() -> mallory.getByName("nobody"));
        assertThat(hidden).isEqualTo(missing.replace("nobody", "orders"));
        String hiddenId = messageOf(() -> mallory.update(orders.id(), DataSourcePatch.setting("port", 1)));
        String missingId = messageOf(() -> mallory.update(DataSourceId.of("x"), DataSourcePatch.setting("port", 1)));
        assertThat(hiddenId).isEqualTo(missingId.replace(" x ", " " + orders.id() + " "));
        assertThat(mallory.list(PageQuery.first(10)).items()).isEmpty();
        assertThat(mallory.observations(List.of(orders))).isEmpty();
    }

    private static String messageOf(Runnable call) {
        try {
            call.run();
        } catch (DataSourceNotFoundException e) {
            return String.valueOf(e.getMessage());
        }
        throw new AssertionError("expected a not-found");
    }

    @Test
    @DisplayName("fills pages with what the caller may read")
    void fillsPages() {
        for (int i = 0; i < 25; i++) {
            sources.create(Sources.postgres(String.format("s%02d", i)).withLabel("even", String.valueOf(i % 2 == 0)));
        }
        policy = (caller, environment, action, subject) ->
                subject != null && "false".equals(subject.spec().labels().get("even"))
                        ? AccessPolicy.Decision.DENY
                        : AccessPolicy.Decision.ALLOW;
        DataSourcePage page = sources.list(PageQuery.first(4));
        assertThat(page.items()).extracting(DataSourceRecord::name).containsExactly("orders", "s00", "s02", "s04");
        assertThat(sources.list(page.next().orElseThrow()).items())
                .extracting(DataSourceRecord::name)
                .containsExactly("s06", "s08", "s10", "s12");
        assertThat(sources.stream(PageQuery.first(4)).map(DataSourceRecord::name))
                .hasSize(14)
                .isSorted();
    }

    @Test
    @DisplayName("hears who calls, where, what for and on which data source")
    void hearsAll() {
        List<Object> heard = new ArrayList<>();
        policy = (caller, environment, action, subject) -> {
            heard.add(List.of(caller.id(), environment, action, subject == null ? "none" : subject.name()));
            return AccessPolicy.Decision.ALLOW;
        };
        sources.as(Caller.of("alice")).resolve(orders.id());
        assertThat(heard).containsExactly(List.of("alice", EnvironmentId.of("production"), Action.RESOLVE, "orders"));
    }
}
