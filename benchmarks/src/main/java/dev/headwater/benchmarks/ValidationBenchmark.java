package dev.headwater.benchmarks;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.headwater.core.KindCatalog;
import dev.headwater.spi.ValidationResult;
import dev.headwater.spi.Violation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Checking a config of PostgreSQL. Each peer gets the config in the form that it works on: Kafka's a map of text, the JSON
 * Schema validator a tree that is parsed already.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init")
public class ValidationBenchmark {

    private static final String KIND = "postgresql";

    private final KindCatalog kinds = KindCatalog.standard();
    private final ConfigDef kafka = KafkaPostgres.definition();
    private final Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(kinds.jsonSchema(KIND), InputFormat.JSON);

    /** What is checked. */
    @Param
    public SampleConfig config;

    private Map<String, Object> values;
    private Map<String, String> texts;
    private JsonNode tree;

    /** Brings the config into each form, and sees that all find it valid or not. */
    @Setup
    public void prepare() {
        values = config.entries();
        texts = new HashMap<>();
        values.forEach((key, value) -> texts.put(key, value.toString()));
        tree = JsonMapper.shared().valueToTree(values);
        boolean valid = config == SampleConfig.VALID;
        if (headwater().valid() != valid
                || handWritten().isEmpty() != valid
                || jsonSchema().isEmpty() != valid) {
            throw new IllegalStateException("the peers do not agree on " + config);
        }
    }

    /** By the kind's definition. */
    @Benchmark
    @Compared(
            with = {"handWritten", "kafkaConfigDef", "jsonSchema"},
            atMostTimes = 1.5,
            goalOnlyFor = {"VALID", "INVALID"})
    public ValidationResult headwater() {
        return kinds.validate(KIND, values);
    }

    /** By a loop and a switch. */
    @Benchmark
    public List<Violation> handWritten() {
        return HandWritten.validate(values);
    }

    /** By Kafka's definition of configs, which knows no unknown keys and no condition over two fields. */
    @Benchmark
    public List<ConfigValue> kafkaConfigDef() {
        return kafka.validate(texts);
    }

    /** By the JSON Schema that Headwater makes of the definition. */
    @Benchmark
    public List<Error> jsonSchema() {
        return schema.validate(tree);
    }
}
