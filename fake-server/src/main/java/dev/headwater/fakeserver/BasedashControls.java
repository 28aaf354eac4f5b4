package dev.headwater.fakeserver;

import dev.headwater.fakeserver.internal.Scope;
import dev.headwater.fakeserver.internal.World;
import dev.headwater.fakeserver.internal.basedash.Organization;
import java.time.Instant;
import java.util.Optional;

/** What only Basedash's organizations have: see {@link FakeServer#basedash}. Safe for use by many threads. */
public final class BasedashControls {

    private final World world;

    BasedashControls(World world) {
        this.world = world;
    }

    /**
     * {@return when the trial of an organization began: with the first data source that was made through Basedash}
     *
     * @throws IllegalArgumentException if there is no such organization
     */
    public Optional<Instant> trialStart(String organization) {
        Scope scope = world.scope(organization)
                .orElseThrow(() -> new IllegalArgumentException("there is no scope " + organization));
        return Organization.of(scope).trialStart();
    }
}
