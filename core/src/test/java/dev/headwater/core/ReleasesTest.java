package dev.headwater.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.spi.Change;
import dev.headwater.spi.Commit;
import dev.headwater.spi.DataSourceRecord;
import dev.headwater.spi.Deployment;
import dev.headwater.spi.ValidationException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("History, deployment and rollback")
class ReleasesTest {

    private final DataSourceRegistry registry = DataSourceRegistry.builder().build();
    private final DataSources sources = registry.environment("production");

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    @DisplayName("a new data source is listed at once, and deployed after a deploy")
    void deployment() {
        assertThat(sources.deployed().deployment()).isEmpty();
        sources.create(Sources.postgres("orders"));
        Deployment first = sources.deploy();
        sources.create(Sources.postgres("sales"));
        assertThat(first.commit()).isEqualTo(1);
        assertThat(sources.findByName("sales")).isPresent();
        DeployedView deployed = sources.deployed();
        assertThat(deployed.findByName("orders")).isPresent();
        assertThat(deployed.findByName("sales")).isEmpty();
        sources.deploy();
        assertThat(sources.deployed().findByName("sales")).isPresent();
        assertThat(deployed.findByName("sales")).as("a view never moves").isEmpty();
        assertThat(sources.deployments(Long.MAX_VALUE, 10))
                .extracting(Deployment::number)
                .containsExactly(2L, 1L);
    }

    @Test
    @DisplayName("the history of an environment is read in pages from the latest on")
    void historyPages() {
        for (int i = 1; i <= 7; i++) {
            sources.create(Sources.postgres("s" + i));
        }
        assertThat(sources.history(Long.MAX_VALUE, 3))
                .extracting(Commit::number)
                .containsExactly(7L, 6L, 5L);
        assertThat(sources.history(5, 3)).extracting(Commit::number).containsExactly(4L, 3L, 2L);
        assertThat(sources.history(2, 3)).extracting(Commit::number).containsExactly(1L);
        assertThat(sources.history(1, 3)).isEmpty();
        assertThatThrownBy(() -> sources.history(1, 0)).isInstanceOf(ValidationException.class);
    }

    @Test
    @DisplayName(
            "a rollback brings changed, renamed, deleted and later sources back to what stood, with their ids and secrets")
    void rollback() {
        DataSourceRecord a = sources.create(Sources.postgres("a"));
        DataSourceRecord b = sources.create(Sources.postgres("b"));
        DataSourceRecord gone = sources.create(Sources.postgres("gone"));
        sources.update(a.id(), DataSourcePatch.setting("password", "changed-since"));
        sources.rename(a.id(), "tmp");
        sources.rename(b.id(), "a");
        sources.rename(a.id(), "b");
        sources.delete(gone.id());
        DataSourceRecord later = sources.create(Sources.postgres("later"));

        List<Commit> commits = sources.rollback(3, null);

        assertThat(commits)
                .hasSize(4)
                .allSatisfy(commit -> assertThat(commit.message()).isEqualTo("roll back to commit 3"));
        assertThat(sources.getByName("a").id()).isEqualTo(a.id());
        assertThat(sources.getByName("b").id()).isEqualTo(b.id());
        assertThat(sources.get(gone.id()).spec()).isEqualTo(gone.spec());
        assertThat(sources.get(gone.id()).created()).isEqualTo(gone.created());
        assertThat(sources.find(later.id())).isEmpty();
        assertThat(sources.resolve(a.id()).required("password")).isEqualTo("pl4nted-passw0rd");
        assertThat(sources.resolve(gone.id()).required("password")).isEqualTo("pl4nted-passw0rd");
        assertThat(commits)
                .filteredOn(commit -> commit.change().dataSource().equals(a.id()))
                .singleElement()
                .satisfies(commit ->
                        assertThat(((Change.Updated) commit.change()).changed()).containsExactly("name", "password"));
    }

    @Test
    @DisplayName("a rollback to what stands makes no commit, and one to a commit that is not there is refused")
    void rollbackToNowhere() {
        sources.create(Sources.postgres("a"));
        assertThat(sources.rollback(1, "nothing")).isEmpty();
        assertThatThrownBy(() -> sources.rollback(2, null))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("commit is 2, expected 0 to 1");
        sources.rollback(0, "clear all");
        assertThat(sources.findByName("a")).isEmpty();
    }

    @Test
    @DisplayName("nothing crosses environments")
    void environments() {
        DataSourceRecord here = sources.create(Sources.postgres("orders"));
        DataSources elsewhere = registry.environment("staging");
        assertThat(elsewhere.findByName("orders")).isEmpty();
        assertThat(elsewhere.find(here.id())).isEmpty();
        assertThat(elsewhere.create(Sources.postgres("orders")).version()).isEqualTo(1);
        assertThatThrownBy(() -> elsewhere.delete(here.id())).isInstanceOf(DataSourceNotFoundException.class);
        assertThatThrownBy(() -> elsewhere.resolve(here.id())).isInstanceOf(DataSourceNotFoundException.class);
    }
}
