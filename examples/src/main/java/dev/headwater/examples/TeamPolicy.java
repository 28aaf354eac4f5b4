package dev.headwater.examples;

import dev.headwater.core.AccessPolicy;
import dev.headwater.core.Action;
import dev.headwater.spi.Caller;
import dev.headwater.spi.DataSourceRecord;
import dev.headwater.spi.EnvironmentId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The service's own rules: a data source belongs to the team in its label, and to other teams it is not there; viewers
 * look, editors change, and only the service itself sees secrets and opens connections.
 */
final class TeamPolicy implements AccessPolicy {

    static final String TEAM = "team";

    private static final String ROLE = "role";
    private static final String EDITOR = "editor";

    static Caller editor(String name, String team) {
        return new Caller(name, Map.of(ROLE, EDITOR, TEAM, team));
    }

    static Caller viewer(String name, String team) {
        return new Caller(name, Map.of(ROLE, "viewer", TEAM, team));
    }

    @Override
    public Decision decide(
            Caller caller, EnvironmentId environment, Action action, @Nullable DataSourceRecord subject) {
        if (caller.equals(Caller.HOST)) {
            return Decision.ALLOW;
        }
        String team = caller.attributes().get(TEAM);
        if (team == null
                || (subject != null && !team.equals(subject.spec().labels().get(TEAM)))) {
            return Decision.HIDE;
        }
        return switch (action) {
            case LIST, READ -> Decision.ALLOW;
            case WRITE, TEST -> EDITOR.equals(caller.attributes().get(ROLE)) ? Decision.ALLOW : Decision.DENY;
            case RESOLVE, PREVIEW, ADMINISTER -> Decision.DENY;
        };
    }
}
