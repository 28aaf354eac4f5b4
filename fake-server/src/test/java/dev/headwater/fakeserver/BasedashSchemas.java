package dev.headwater.fakeserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The schemas of our description of Basedash's API, to hold answers to. */
final class BasedashSchemas {

    private static final String FILE = "basedash-openapi.yaml";
    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemas(Map.of("https://test.invalid/" + FILE, text()))
                    .schemaRegistryConfig(SchemaRegistryConfig.builder()
                            .formatAssertionsEnabled(true)
                            .build()));
    private static final Map<String, Schema> SCHEMAS = new ConcurrentHashMap<>();

    private BasedashSchemas() {}

    /** Asserts that JSON is what a schema of the description says. */
    static void assertValid(String schema, String json) {
        Schema compiled = SCHEMAS.computeIfAbsent(
                schema,
                name -> REGISTRY.getSchema(
                        "{\"$ref\": \"https://test.invalid/" + FILE + "#/components/schemas/" + name + "\"}"));
        assertThat(compiled.validate(json, InputFormat.JSON)).as(json).isEmpty();
    }

    private static String text() {
        try (InputStream in = BasedashSchemas.class.getResourceAsStream(FILE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
