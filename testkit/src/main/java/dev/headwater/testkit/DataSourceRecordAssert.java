package dev.headwater.testkit;

import dev.headwater.spi.ConfigValue;
import dev.headwater.spi.DataSourceRecord;
import java.util.Objects;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/** Assertions on a {@link DataSourceRecord}; begin with {@link HeadwaterAssertions}. */
public final class DataSourceRecordAssert extends AbstractAssert<DataSourceRecordAssert, DataSourceRecord> {

    DataSourceRecordAssert(@Nullable DataSourceRecord actual) {
        super(actual, DataSourceRecordAssert.class);
    }

    /** Passes if it has the name. */
    public DataSourceRecordAssert hasName(String name) {
        return has("name", name, record().name());
    }

    /** Passes if it is of the kind. */
    public DataSourceRecordAssert isOfKind(String kind) {
        return has("kind", kind, record().kind());
    }

    /** Passes if it stands at the version. */
    public DataSourceRecordAssert isAtVersion(long version) {
        return has("version", version, record().version());
    }

    /** Passes if the field holds this literal: text, a number, or a boolean. */
    public DataSourceRecordAssert hasLiteral(String field, Object value) {
        ConfigValue found = value(field);
        if (!(found instanceof ConfigValue.Literal literal) || !literal.value().equals(value)) {
            failWithMessage(
                    "%nExpecting %s of %s%nto be the literal%n  %s%nbut it is%n  %s", field, name(), value, found);
        }
        return this;
    }

    /** Passes if the field holds a sealed secret. */
    public DataSourceRecordAssert hasSealedSecret(String field) {
        ConfigValue found = value(field);
        if (!(found instanceof ConfigValue.SecretLiteral)) {
            failWithMessage("%nExpecting %s of %s%nto be a sealed secret%nbut it is%n  %s", field, name(), found);
        }
        return this;
    }

    /** Passes if the field is linked to the secret of that local name, whatever the store. */
    public DataSourceRecordAssert isLinked(String field, String secret) {
        ConfigValue found = value(field);
        if (!(found instanceof ConfigValue.Linked linked)
                || !linked.secret().name().equals(secret)) {
            failWithMessage(
                    "%nExpecting %s of %s%nto be linked to the secret%n  %s%nbut it is%n  %s",
                    field, name(), secret, found);
        }
        return this;
    }

    /** Passes if the field has no value. */
    public DataSourceRecordAssert hasNo(String field) {
        ConfigValue found = record().config().get(field);
        if (found != null) {
            failWithMessage("%nExpecting %s to have no value for %s%nbut it is%n  %s", name(), field, found);
        }
        return this;
    }

    private DataSourceRecordAssert has(String what, Object expected, Object found) {
        if (!expected.equals(found)) {
            failWithMessage("%nExpecting the %s of %s%nto be%n  %s%nbut it is%n  %s", what, name(), expected, found);
        }
        return this;
    }

    private ConfigValue value(String field) {
        ConfigValue found = record().config().get(field);
        if (found == null) {
            failWithMessage(
                    "%nExpecting %s to have a value for %s%nbut it has values for%n  %s",
                    name(), field, record().config().keySet());
        }
        return Objects.requireNonNull(found);
    }

    private String name() {
        return "the data source " + record().name();
    }

    private DataSourceRecord record() {
        isNotNull();
        return actual;
    }
}
