package dev.headwater.fakeserver.internal.basedash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.core.KindCatalog;
import dev.headwater.fakeserver.internal.Scope;
import dev.headwater.fakeserver.internal.World;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An organization of Basedash")
class OrganizationTest {

    @Test
    @DisplayName("remembers the last thousand data sources that are gone, and all that are there")
    void gone() {
        World world = new World(Clock.systemUTC(), KindCatalog.standard());
        world.addScope("test", "Test");
        Scope scope = world.scope("test").orElseThrow();
        Organization organization = Organization.of(scope);
        for (int i = 0; i < 1_500; i++) {
            organization.newestFirst(List.of("stays", "gone-" + i));
        }

        assertThat(organization.newestFirst(List.of("stays", "new")))
                .hasSize(1_002)
                .startsWith("new", "gone-1499")
                .endsWith("gone-500", "stays");
    }
}
