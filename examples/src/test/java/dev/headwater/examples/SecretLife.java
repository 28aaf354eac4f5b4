package dev.headwater.examples;

import dev.headwater.core.DataSourceDraft;
import dev.headwater.core.DataSourcePatch;
import dev.headwater.core.DataSources;
import dev.headwater.core.KindCatalog;
import dev.headwater.core.WriteOptions;
import dev.headwater.spi.DataSourceId;
import dev.headwater.spi.DataSourceRecord;
import dev.headwater.spi.FieldDefinition;
import dev.headwater.spi.KindDefinition;
import dev.headwater.spi.LinkedSecretRef;
import dev.headwater.spi.PageQuery;
import dev.headwater.spi.SecretValue;
import dev.headwater.spi.SourceSystem;
import dev.headwater.spi.ValidationResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** Takes one secret field of one kind through all that can happen to a data source, and keeps what was said. */
final class SecretLife {

    private final Hideout hideout;
    private final KindCatalog kinds;
    private final DataSources sources;
    private final KindDefinition kind;
    private final FieldDefinition field;
    private final String name;
    private final List<String> unresolved = new ArrayList<>();

    SecretLife(Hideout hideout, KindCatalog kinds, DataSources sources, KindDefinition kind, FieldDefinition field) {
        this.hideout = hideout;
        this.kinds = kinds;
        this.sources = sources;
        this.kind = kind;
        this.field = field;
        this.name = kind.id() + "_" + field.key().replace('.', '_');
    }

    /** {@return what {@code resolve} did not give back} */
    List<String> live() {
        mistakes();
        DataSourceRecord created = create();
        change(created);
        link();
        test(created.id());
        release(created.id());
        return unresolved;
    }

    private Map<String, Object> config() {
        return KindConfigs.with(kind, field.key(), key -> hideout.plant());
    }

    private SecretValue secret() {
        return SecretValue.of(KindConfigs.secretText(field, hideout.plant()));
    }

    private DataSourceDraft draft(Map<String, Object> config) {
        return DataSourceDraft.of(kind.id(), name).withConfig(config);
    }

    /** Whatever is wrong, and wherever the secret stands by mistake. */
    private void mistakes() {
        Map<String, Object> misspelt = config();
        misspelt.put(field.key() + "_x", secret().reveal());
        fails(() -> sources.create(draft(misspelt)));
        Map<String, Object> list = config();
        list.put(field.key(), List.of(secret().reveal()));
        fails(() -> sources.create(draft(list)));
        Map<String, Object> map = config();
        map.put(field.key(), Map.of("inner", secret().reveal()));
        hears(() -> sources.test(draft(map)));
        Map<String, Object> tooLong = config();
        tooLong.put(field.key(), hideout.plant().repeat(SecretValue.MAX_LENGTH / 16));
        fails(() -> sources.create(draft(tooLong)));
        Map<String, Object> unprintable = config();
        unprintable.put(field.key(), hideout.plant() + "\ud800");
        fails(() -> sources.create(draft(unprintable)));
        fails(() -> sources.create(
                new DataSourceDraft(kind.id(), "not a name", null, null, config(), Map.of("\n", "x"), null)));
        Map<String, Object> incomplete = new HashMap<>(Map.of(field.key(), secret()));
        hears(() -> kinds.validate(kind.id(), incomplete));
        for (SourceSystem system : kind.systemNames().keySet()) {
            field.aliases(system).forEach(alias -> {
                Map<String, Object> foreign = config();
                foreign.remove(field.key());
                foreign.put(alias.key(), secret().reveal());
                hears(() -> kinds.validate(kind.id(), foreign));
                hears(() -> kinds.validate(system, kind.id(), foreign));
            });
        }
        fails(() -> sources.create(draft(config()), WriteOptions.DEFAULT.requirePassingTest()));
    }

    private DataSourceRecord create() {
        Map<String, Object> config = config();
        ValidationResult valid = kinds.validate(kind.id(), config);
        hideout.hear(valid);
        hideout.hear(draft(config));
        DataSourceRecord created = sources.create(draft(config));
        resolves(created.id(), ((SecretValue) config.get(field.key())).reveal());
        hears(() -> sources.get(created.id()));
        hears(() -> sources.getByName(name));
        hears(() -> sources.list(PageQuery.first(1_000)));
        hears(() -> created.config().get(field.key()));
        fails(() -> sources.create(draft(config)));
        return created;
    }

    private void change(DataSourceRecord created) {
        SecretValue other = secret();
        DataSourcePatch patch = DataSourcePatch.setting(field.key(), other);
        hideout.hear(patch);
        hears(() -> sources.update(created.id(), patch, WriteOptions.ifVersion(created.version())));
        resolves(created.id(), other.reveal());
        fails(() -> sources.update(created.id(), patch, WriteOptions.ifVersion(created.version())));
        fails(() -> sources.update(created.id(), patch.set("no_such_field", secret().reveal())));
        fails(() -> sources.update(created.id(), patch, WriteOptions.DEFAULT.requirePassingTest()));
        hears(() -> sources.rename(created.id(), name + "_renamed"));
        hears(() -> sources.replace(created.id(), draft(config()), WriteOptions.DEFAULT));
    }

    private void link() {
        Map<String, Object> config = config();
        config.put(field.key(), LinkedSecretRef.of("planted"));
        DataSourceRecord linked =
                sources.create(DataSourceDraft.of(kind.id(), name + "_linked").withConfig(config));
        hideout.hear(linked);
        resolves(linked.id(), SecretsStayHiddenTest.LINKED);
        hears(() -> sources.test(linked.id()));
        sources.update(
                linked.id(),
                DataSourcePatch.setting(
                        field.key(), LinkedSecretRef.of("planted").atField("/nothing/there")));
        fails(() -> sources.resolve(linked.id()));
        hears(() -> sources.test(linked.id()));
        sources.update(
                linked.id(),
                DataSourcePatch.setting(
                        field.key(), LinkedSecretRef.of("planted-json").atField("/other")));
        fails(() -> sources.resolve(linked.id()));
        sources.update(
                linked.id(),
                DataSourcePatch.setting(
                        field.key(), LinkedSecretRef.of("planted-json").atField("/inner")));
        resolves(linked.id(), SecretsStayHiddenTest.LINKED_IN_JSON);
    }

    private void test(DataSourceId id) {
        hears(() -> sources.test(id));
        hears(() -> sources.test(id, DataSourcePatch.setting(field.key(), secret())));
        hears(() -> sources.test(draft(config())));
        fails(() -> sources.sync(id).join());
        hears(() -> sources.observations(id));
        fails(() -> sources.connections().client(sources.get(id).name(), SecretLife.class));
    }

    private void release(DataSourceId id) {
        long before = sources.deploy().commit();
        hears(() -> sources.deployed().all());
        hears(() -> sources.delete(id));
        fails(() -> sources.update(id, DataSourcePatch.setting(field.key(), secret())));
        hears(() -> sources.history(id, Long.MAX_VALUE, 100));
        hears(() -> sources.rollback(before, "bring back " + name));
        hears(() -> sources.history(Long.MAX_VALUE, 100));
    }

    private void resolves(DataSourceId id, String expected) {
        hears(() -> sources.resolve(id));
        if (!sources.resolve(id).text(field.key()).orElse("").equals(expected)) {
            unresolved.add(name);
        }
    }

    private void hears(Callable<?> call) {
        try {
            hideout.hear(call.call());
        } catch (Exception e) {
            throw new IllegalStateException(name, e);
        }
    }

    private void fails(Callable<?> call) {
        try {
            hideout.hear(call.call());
        } catch (Exception e) {
            hideout.hear(e);
            return;
        }
        throw new IllegalStateException("this should have failed for " + name);
    }
}
