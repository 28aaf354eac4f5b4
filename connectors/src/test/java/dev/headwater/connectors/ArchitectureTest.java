package dev.headwater.connectors;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.headwater.core.KindCatalog;
import dev.headwater.spi.KindDefinition;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The connectors")
class ArchitectureTest {

    private static final String ROOT = "dev.headwater.connectors";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @Test
    @DisplayName("are one for each kind of the catalog")
    void kinds() {
        assertThat(Connectors.all().stream().flatMap(connector -> connector.kinds().stream()))
                .containsExactlyInAnyOrderElementsOf(KindCatalog.standard().all().stream()
                        .map(KindDefinition::id)
                        .toList());
    }

    @Test
    @DisplayName("never use the DriverManager, which all of a JVM shares")
    void driverManager() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.sql.DriverManager")
                .check(CLASSES);
    }

    @Test
    @DisplayName("name a driver's classes only in the package of its kind")
    void drivers() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".internal.postgresql")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.postgresql..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".internal.redshift")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.amazon.redshift..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".internal.mysql")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.mariadb..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".internal.duckdb")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.duckdb..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".internal.kafka")
                .and()
                .doNotHaveFullyQualifiedName(KafkaClients.class.getName())
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.kafka..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".internal.mongodb")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.bson..", "com.mongodb..")
                .check(CLASSES);
    }

    @Test
    @DisplayName("use Google's clients only for Google's kinds")
    void google() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        ROOT + ".internal.google",
                        ROOT + ".internal.bigquery",
                        ROOT + ".internal.pubsub",
                        ROOT + ".internal.spanner")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.google.api..", "com.google.auth..", "com.google.cloud..")
                .check(CLASSES);
    }

    @Test
    @DisplayName("use the SSH client only where tunnels are")
    void ssh() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".internal.ssh")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.jcraft.jsch..")
                .check(CLASSES);
    }

    @Test
    @DisplayName("make sockets only where the network policy is asked")
    void sockets() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".internal.net")
                .should()
                .callConstructor(java.net.Socket.class)
                .orShould()
                .callConstructor(java.net.Socket.class, String.class, int.class)
                .orShould()
                .callConstructor(java.net.Socket.class, java.net.InetAddress.class, int.class)
                .orShould()
                .callMethod(java.net.http.HttpClient.class, "newHttpClient")
                .orShould()
                .callMethod(java.net.http.HttpClient.class, "newBuilder")
                .orShould()
                .callMethod(java.net.URL.class, "openConnection")
                .check(CLASSES);
    }

    @Test
    @DisplayName("know of Headwater only its SPI")
    void spiOnly() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        ROOT + "..",
                        "dev.headwater.spi",
                        "java..",
                        "javax..",
                        "org.slf4j",
                        "org.jspecify.annotations",
                        "com.zaxxer.hikari",
                        "com.jcraft.jsch",
                        "okhttp3..",
                        "okio..",
                        "kotlin..",
                        "software.amazon.awssdk..",
                        "org.postgresql..",
                        "org.duckdb..",
                        "com.google.gson",
                        "org.apache.kafka..",
                        "org.bson..",
                        "com.mongodb..",
                        "com.amazon.redshift..",
                        "de.siegmar.fastcsv..",
                        "org.apache.parquet.format",
                        "org.mariadb..",
                        "com.google.api..",
                        "com.google.auth..",
                        "com.google.cloud..",
                        "com.google.gson..",
                        "io.grpc..")
                .check(CLASSES);
    }

    @Test
    @DisplayName("show nothing internal in their API")
    void api() {
        classes()
                .that()
                .resideInAPackage(ROOT)
                .and()
                .arePublic()
                .should()
                .haveFullyQualifiedName(Connectors.class.getName())
                .orShould()
                .haveFullyQualifiedName(KafkaClients.class.getName())
                .orShould()
                .haveNameMatching("\\Q" + QueryClient.class.getName() + "\\E(\\$(Column|Result))?")
                .orShould()
                .haveNameMatching("\\Q" + SearchClient.class.getName() + "\\E(\\$Answer)?")
                .check(CLASSES);
    }
}
