package dev.headwater.core.internal.secret;

import dev.headwater.spi.SecretReferenceException;
import dev.headwater.spi.SecretReferenceException.Reason;
import dev.headwater.spi.SecretStore;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which of several stores a reference without a store's name means. A store that brings the reference to another text
 * takes it as a full identifier; one that leaves it as it is, but for its case, takes it as a bare name. Many stores
 * would, so that counts for the default store only.
 */
final class StoreSearch {

    private final Map<String, SecretStore> stores;
    private final String defaultName;
    private final String reference;

    private final Map<String, String> asIdentifier = new LinkedHashMap<>();
    private final Map<String, String> asName = new LinkedHashMap<>();
    private final Map<String, SecretReferenceException> refusals = new LinkedHashMap<>();

    StoreSearch(Map<String, SecretStore> stores, String defaultName, String reference) {
        this.stores = stores;
        this.defaultName = defaultName;
        this.reference = reference;
        stores.forEach(this::ask);
    }

    private void ask(String storeName, SecretStore store) {
        try {
            String name = store.normalize(reference);
            (name.equalsIgnoreCase(reference) ? asName : asIdentifier).put(storeName, name);
        } catch (SecretReferenceException e) {
            refusals.put(storeName, e);
        }
    }

    /** {@return what is made of the store's name and the secret's local name} */
    <T> T find(BiFunction<String, String, T> make) {
        String identified = asIdentifier.get(defaultName);
        if (identified != null) {
            return make.apply(defaultName, identified);
        }
        String bareName = asName.get(defaultName);
        if (bareName != null && asIdentifier.isEmpty()) {
            return make.apply(defaultName, bareName);
        }
        if (bareName == null && asIdentifier.size() == 1) {
            Map.Entry<String, String> only = asIdentifier.entrySet().iterator().next();
            return make.apply(only.getKey(), only.getValue());
        }
        throw asIdentifier.isEmpty() ? refusedByAll() : ambiguous(bareName != null);
    }

    private SecretReferenceException ambiguous(boolean alsoAsName) {
        String takers = (alsoAsName ? "store " + defaultName + " takes it as a name, and " : "")
                + "as a full identifier it is taken by " + String.join(", ", asIdentifier.keySet());
        return new SecretReferenceException(
                Reason.UNKNOWN_STORE,
                reference,
                null,
                "secret reference " + Printable.of(reference) + " could mean several stores: " + takers
                        + "; name the store");
    }

    private SecretReferenceException refusedByAll() {
        SecretReferenceException byDefault = refusals.get(defaultName);
        if (byDefault != null && stores.size() == 1) {
            return byDefault;
        }
        SecretReferenceException pinned = first(Reason.PINNED_VERSION);
        SecretReferenceException elsewhere = first(Reason.WRONG_STORE);
        Reason reason =
                pinned != null ? Reason.PINNED_VERSION : elsewhere != null ? Reason.UNKNOWN_STORE : Reason.MALFORMED;
        String expected = refusals.values().stream()
                .map(SecretReferenceException::expected)
                .filter(scope -> scope != null)
                .distinct()
                .collect(Collectors.joining("; "));
        String message = refusals.entrySet().stream()
                .map(refusal -> "\n  - " + refusal.getKey() + (refusal.getKey().equals(defaultName) ? " (default)" : "")
                        + ": " + refusal.getValue().getMessage())
                .collect(Collectors.joining(
                        "",
                        "no secret store takes the reference " + Printable.of(reference) + ":",
                        asName.isEmpty() ? "" : hint()));
        return new SecretReferenceException(reason, reference, expected.isEmpty() ? null : expected, message);
    }

    private String hint() {
        return "\n  - " + String.join(", ", asName.keySet()) + ": would take it as a name, if the link named the store";
    }

    private @Nullable SecretReferenceException first(Reason reason) {
        return refusals.values().stream()
                .filter(refusal -> refusal.reason() == reason)
                .findFirst()
                .orElse(null);
    }
}
