package dev.headwater.core;

import dev.headwater.core.internal.ConfigResolver;
import dev.headwater.core.internal.ConnectionTester;
import dev.headwater.core.internal.EnvironmentView;
import dev.headwater.core.internal.LiveClients;
import dev.headwater.core.internal.SchemaReader;
import dev.headwater.core.internal.TimeOrderedIds;
import dev.headwater.core.internal.metrics.Metrics;
import dev.headwater.core.internal.secret.SecretSealer;
import dev.headwater.spi.Commit;
import dev.headwater.spi.DataSourceStore;
import java.time.Clock;
import java.util.List;
import java.util.function.BiConsumer;

/** What the handles of one registry share. */
record RegistryParts(
        DataSourceStore store,
        KindCatalog kinds,
        SpecReader reader,
        SecretSealer sealer,
        ConfigResolver resolver,
        ConnectionTester tester,
        SchemaReader schemas,
        LiveClients clients,
        AccessPolicy accessPolicy,
        TimeOrderedIds ids,
        Clock clock,
        Observers observers,
        Metrics metrics,
        BiConsumer<EnvironmentView, List<Commit>> afterCommit) {}
