package dev.headwater.fakeserver.internal.basedash;

import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import dev.headwater.fakeserver.internal.Scope;
import dev.headwater.fakeserver.internal.Tokens.Token;
import dev.headwater.fakeserver.internal.rest.Values;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What only Basedash knows of a scope. Safe for use by many threads. */
public final class Organization {

    /** The permission of an API key that is an admin's; keys without a list of permissions have it too. */
    public static final String ADMIN = "admin";

    /** How many data sources that are gone are remembered; the oldest are forgotten first. */
    private static final int MAX_GONE = 1_000;

    private final Set<String> creators = new HashSet<>();
    private final Set<String> everListed = new LinkedHashSet<>();
    private @Nullable Instant trialStart;

    private Organization() {}

    /** What is known of the scope. */
    public static Organization of(Scope scope) {
        return scope.attachment(Organization.class, Organization::new);
    }

    /** {@return when the trial began, if it did} */
    public synchronized Optional<Instant> trialStart() {
        return Optional.ofNullable(trialStart);
    }

    /** Begins the trial, unless there was one. */
    synchronized void beginTrial(Instant now) {
        if (trialStart == null) {
            trialStart = now;
        }
    }

    /** Notes whose key made the organization: it is an admin of it, whatever else it may do. */
    synchronized void madeBy(Token token) {
        creators.add(token.value());
    }

    /** {@return whether the key may see that the organization is there} */
    synchronized boolean shows(Scope scope, Token token) {
        return token.scope() == null || token.scope().equals(scope.id()) || creators.contains(token.value());
    }

    /** {@return whether the key may do anything here} */
    synchronized boolean admits(Scope scope, Token token) {
        boolean admin = token.permissions() == null || token.permissions().contains(ADMIN);
        return creators.contains(token.value()) || (admin && shows(scope, token));
    }

    /**
     * {@return the ids of data sources, the newest first, with those that were listed before and are gone} Deletion is soft:
     * a page can go on after an item that was deleted meanwhile.
     */
    synchronized List<String> newestFirst(List<String> inOrderOfMaking) {
        everListed.addAll(inOrderOfMaking);
        int tooMany = everListed.size() - inOrderOfMaking.size() - MAX_GONE;
        if (tooMany > 0) {
            Set<String> there = new HashSet<>(inOrderOfMaking);
            Iterator<String> oldest = everListed.iterator();
            while (tooMany > 0) {
                if (!there.contains(oldest.next())) {
                    oldest.remove();
                    tooMany--;
                }
            }
        }
        List<String> newestFirst = new ArrayList<>(everListed);
        Collections.reverse(newestFirst);
        return newestFirst;
    }

    static JsonObject json(Scope scope) {
        JsonObject json = Values.object("id", scope.id());
        json.addProperty("name", scope.name());
        json.addProperty("slug", slug(scope));
        json.add("customAiContext", JsonNull.INSTANCE);
        json.addProperty("onboardingStatus", "COMPLETED");
        return json;
    }

    /** The name in lower case with hyphens; the id for names without a letter or digit. */
    private static String slug(Scope scope) {
        String slug = scope.name()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
        return slug.isEmpty() ? scope.id() : slug;
    }
}
