package dev.headwater.fakeserver;

import org.jspecify.annotations.Nullable;

/**
 * The cloud secret store that belongs to Chalk's environments: full identifiers of linked secrets must lie in it. See
 * {@link ChalkControls#linkedStore}.
 */
public sealed interface LinkedStore {

    /** {@return whether secrets of the other are in this one} */
    boolean covers(LinkedStore other);

    /** AWS Secrets Manager of one account in one region. */
    record Aws(String account, String region) implements LinkedStore {

        @Override
        public boolean covers(LinkedStore other) {
            return equals(other);
        }

        @Override
        public String toString() {
            return "AWS account " + account + ", region " + region;
        }
    }

    /**
     * Google Secret Manager of one project.
     *
     * @param location the region of regional secrets; null for global ones
     */
    record Gcp(String project, @Nullable String location) implements LinkedStore {

        @Override
        public boolean covers(LinkedStore other) {
            return equals(other);
        }

        @Override
        public String toString() {
            return "Google Cloud project " + project + (location == null ? "" : ", location " + location);
        }
    }

    /** An Azure key vault. */
    record Azure(String vault) implements LinkedStore {

        @Override
        public boolean covers(LinkedStore other) {
            return other instanceof Azure azure && azure.vault.equalsIgnoreCase(vault);
        }

        @Override
        public String toString() {
            return "Azure key vault " + vault;
        }
    }
}
