package dev.headwater.connectors.pgwire;

import dev.headwater.connectors.KindFixture;
import dev.headwater.connectors.PostgresServer;
import dev.headwater.spi.ColumnSchema;
import dev.headwater.spi.ColumnSchema.CanonicalType;
import dev.headwater.spi.TableSchema;
import dev.headwater.spi.TableSchema.TableType;
import java.util.List;
import java.util.Map;

/** A real PostgreSQL as that of a Supabase project, with a user as its pooler names them. */
public class SupabaseFixture implements KindFixture {

    static final String USER = "postgres.abcdefghijklmnop";

    private static boolean filled;

    @Override
    public String kind() {
        return "supabase";
    }

    @Override
    public Map<String, Object> workingConfig() {
        fill();
        Map<String, Object> config = PostgresServer.get().config();
        config.put("database", "supabase");
        config.put("username", USER);
        return config;
    }

    private static synchronized void fill() {
        if (filled) {
            return;
        }
        PostgresServer server = PostgresServer.get();
        server.run(
                "postgres",
                "create role \"" + USER + "\" login password '" + PostgresServer.PASSWORD + "'",
                "create database supabase owner \"" + USER + '"');
        server.run(
                "supabase",
                "set role \"" + USER + '"',
                "create table public.profiles (id uuid primary key, note text)",
                "create table public.other (a int)");
        filled = true;
    }

    @Override
    public TableSchema knownTable() {
        return new TableSchema(
                null,
                "public",
                "profiles",
                TableType.TABLE,
                null,
                List.of(
                        new ColumnSchema("id", "uuid", CanonicalType.UUID, false, null),
                        new ColumnSchema("note", "text", CanonicalType.TEXT, true, null)),
                List.of("id"));
    }
}
