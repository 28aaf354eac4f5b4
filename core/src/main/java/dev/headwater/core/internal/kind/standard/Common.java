package dev.headwater.core.internal.kind.standard;

import static dev.headwater.spi.Requirement.CONDITIONAL;
import static dev.headwater.spi.Requirement.OPTIONAL;
import static dev.headwater.spi.SourceSystem.BASEDASH;
import static dev.headwater.spi.SourceSystem.CHALK;
import static dev.headwater.spi.SourceSystem.DATABRAIN;

import dev.headwater.spi.Condition;
import dev.headwater.spi.FieldDefinition;
import dev.headwater.spi.Requirement;
import dev.headwater.spi.Rule;
import dev.headwater.spi.SourceSystem;
import dev.headwater.spi.TextFormat;
import dev.headwater.spi.ValueTransform;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Fields that many kinds share. */
final class Common {

    static final String AUTHENTICATION = "Authentication";
    static final String TLS = "TLS";
    static final String SSH = "SSH tunnel";
    static final String POOL = "Connection pool";
    static final String CHALK_ONLY = "Chalk";

    private Common() {}

    static FieldDefinition.Builder host() {
        return FieldDefinition.text("host")
                .required()
                .format(TextFormat.HOST)
                .length(1, 255)
                .description("Host name or IP address of the server.");
    }

    /** A host that people tend to paste as the URL of a console. */
    static FieldDefinition.Builder urlHost() {
        return FieldDefinition.text("host")
                .format(TextFormat.HOST)
                .length(1, 255)
                .transform(new ValueTransform.HostOnly(""));
    }

    static FieldDefinition.Builder port() {
        return FieldDefinition.integer("port").range(1, 65_535).description("TCP port of the server.");
    }

    static FieldDefinition.Builder port(int usual) {
        return port().defaultValue(usual);
    }

    static FieldDefinition.Builder database() {
        return FieldDefinition.text("database").description("Name of the database.");
    }

    static FieldDefinition.Builder username() {
        return FieldDefinition.text("username").group(AUTHENTICATION).description("Who to log in as.");
    }

    static FieldDefinition.Builder password() {
        return FieldDefinition.text("password").secret().group(AUTHENTICATION).description("Password of the user.");
    }

    /** TLS is on unless switched off, as in Basedash. */
    static FieldDefinition.Builder ssl() {
        return FieldDefinition.bool("ssl.enabled")
                .label("Use TLS")
                .group(TLS)
                .defaultValue(true)
                .description("Whether to encrypt the connection with TLS.");
    }

    static FieldDefinition.Builder pool() {
        return FieldDefinition.integer("pool.max_size")
                .label("Largest pool")
                .group(POOL)
                .range(1, 100)
                .defaultValue(10)
                .description("How many connections at the most, in each process.")
                .alias(BASEDASH, "maxPoolSize", OPTIONAL);
    }

    /** Arguments that Chalk hands to its own engine. Secret as a whole, since they may hold passwords. */
    static FieldDefinition.Builder engineArguments(String chalkKey) {
        return FieldDefinition.json("engine_arguments")
                .secret()
                .group(CHALK_ONLY)
                .description(
                        "Arguments for Chalk's own engine as a JSON object; kept and handed out, not used by connectors.")
                .alias(CHALK, chalkKey, OPTIONAL);
    }

    /** The fields of an SSH tunnel, with the keys of those of the systems that have one for the kind. */
    static List<FieldDefinition.Builder> ssh(SourceSystem... systems) {
        Set<SourceSystem> with = Set.of(systems);
        List<FieldDefinition.Builder> fields = new ArrayList<>();
        FieldDefinition.Builder enabled = FieldDefinition.bool("ssh.enabled")
                .label("Use an SSH tunnel")
                .group(SSH)
                .defaultValue(false)
                .description("Whether to connect through an SSH server.");
        if (with.contains(DATABRAIN)) {
            enabled.alias(DATABRAIN, "sshTunnel", OPTIONAL, Words.ENABLE_DISABLE);
        }
        if (with.contains(BASEDASH)) {
            enabled.alias(BASEDASH, "sshEnabled", OPTIONAL);
        }
        fields.add(enabled);
        fields.add(both(
                        with,
                        "sshHost",
                        FieldDefinition.text("ssh.host").format(TextFormat.HOST).length(1, 255))
                .label("SSH host")
                .description("Host name or IP address of the SSH server."));
        fields.add(both(
                        with,
                        "sshPort",
                        FieldDefinition.integer("ssh.port").range(1, 65_535).defaultValue(22))
                .label("SSH port")
                .description("TCP port of the SSH server."));
        fields.add(both(with, "sshUsername", FieldDefinition.text("ssh.username"))
                .label("SSH user")
                .description("Who to log in to the SSH server as."));
        fields.add(basedashOnly(with, "sshPassword", CONDITIONAL, FieldDefinition.text("ssh.password"))
                .label("SSH password")
                .description("Password of the SSH user."));
        fields.add(both(
                        with,
                        "sshPrivateKey",
                        FieldDefinition.textBlock("ssh.private_key").secret())
                .label("SSH private key")
                .description("Private key of the SSH user, in PEM or OpenSSH form."));
        fields.add(basedashOnly(
                        with, "sshPrivateKeyPassphrase", OPTIONAL, FieldDefinition.text("ssh.private_key_passphrase"))
                .label("SSH key passphrase")
                .description("Passphrase of the private key, if it has one."));
        return fields;
    }

    private static FieldDefinition.Builder both(Set<SourceSystem> with, String key, FieldDefinition.Builder field) {
        for (SourceSystem system : List.of(DATABRAIN, BASEDASH)) {
            if (with.contains(system)) {
                field.alias(system, key, CONDITIONAL);
            }
        }
        return field.group(SSH);
    }

    private static FieldDefinition.Builder basedashOnly(
            Set<SourceSystem> with, String key, Requirement requirement, FieldDefinition.Builder field) {
        if (with.contains(BASEDASH)) {
            field.alias(BASEDASH, key, requirement);
        }
        return field.secret().group(SSH);
    }

    /** A tunnel needs a server, a user, and a password or key (Basedash: either; DataBrain: the key). */
    static List<Rule> sshRules() {
        Condition on = Condition.is("ssh.enabled", true);
        return List.of(
                Rule.requiredWhen(on, "ssh.host", "ssh.port", "ssh.username"),
                new Rule.Choice(on, Rule.Count.AT_LEAST_ONE, List.of("ssh.password", "ssh.private_key")));
    }
}
