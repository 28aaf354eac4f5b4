package dev.headwater.core;

import dev.headwater.core.internal.kind.TenancyReader;
import dev.headwater.spi.TenancySettings;
import dev.headwater.spi.ValidationException;
import dev.headwater.spi.ValidationResult;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tenancy settings as DataBrain writes them: a map with {@code tenancyLevel}, {@code TABLE} or {@code DATABASE}, and for
 * {@code TABLE} also {@code schemaName}, {@code tableName}, {@code tableClientNameColumn}, {@code tablePrimaryKeyColumn}
 * and {@code clientColumnType}, {@code NUMBER} or {@code STRING}. With {@code DATABASE} the others may be there and are
 * not looked at.
 */
public final class TenancyFormat {

    private TenancyFormat() {}

    /** {@return what is wrong with the map, all at once} */
    public static ValidationResult validate(Map<String, ? extends @Nullable Object> settings) {
        return TenancyReader.read(settings).result();
    }

    /**
     * {@return the settings that the map describes}
     *
     * @throws ValidationException if it is not valid
     */
    public static TenancySettings parse(Map<String, ? extends @Nullable Object> settings) {
        TenancyReader.Read read = TenancyReader.read(settings);
        TenancySettings parsed = read.settings();
        if (parsed == null) {
            throw new ValidationException("tenancySettings", read.result());
        }
        return parsed;
    }

    /** {@return the map that describes the settings} */
    public static Map<String, Object> format(TenancySettings settings) {
        Map<String, Object> map = new LinkedHashMap<>();
        if (settings instanceof TenancySettings.PerTable table) {
            map.put("tenancyLevel", "TABLE");
            map.put("clientColumnType", table.clientColumnType().name());
            map.put("schemaName", table.schemaName());
            map.put("tableName", table.tableName());
            map.put("tableClientNameColumn", table.clientNameColumn());
            map.put("tablePrimaryKeyColumn", table.primaryKeyColumn());
        } else {
            map.put("tenancyLevel", "DATABASE");
        }
        return map;
    }
}
