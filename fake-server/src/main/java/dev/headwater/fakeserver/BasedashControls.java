package dev.headwater.fakeserver;

import dev.headwater.fakeserver.internal.Scope;
import dev.headwater.fakeserver.internal.World;
import dev.headwater.fakeserver.internal.basedash.Organization;
import dev.headwater.spi.SourceSystem;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** What only Basedash's organizations have: see {@link FakeServer#basedash}. Safe for use by many threads. */
public final class BasedashControls {

    private static final int SECRET_LENGTH = 32;

    private final World world;

    BasedashControls(World world) {
        this.world = world;
    }

    /**
     * Makes an API key of a member who is no admin. The organization is in its list; all else about it looks as if it were
     * not there.
     *
     * @param organization the only organization that it is good for
     * @return the key, good until it is revoked
     */
    public String memberKey(String organization) {
        String value = "bd_key_" + world.newText(SECRET_LENGTH);
        world.tokens().issue(SourceSystem.BASEDASH, value, organization, Set.of(), null);
        return value;
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
