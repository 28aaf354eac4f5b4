package dev.headwater.secrets.aws;

import static com.tngtech.archunit.lang.conditions.ArchConditions.not;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.conditions.ArchConditions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The module")
class AwsLayersTest {

    private static final String ROOT = "dev.headwater.secrets.aws";
    private static final DescribedPredicate<JavaClass> INTERNAL = JavaClass.Predicates.resideInAPackage("..internal..");

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    @Test
    @DisplayName("knows the SPI and no other part of Headwater")
    void knowsTheSpiAlone() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.headwater.core..", "dev.headwater.testkit..")
                .check(classes);
    }

    @Test
    @DisplayName("shows nothing internal in its public methods")
    void hidesItsInternals() {
        methods()
                .that()
                .areDeclaredInClassesThat()
                .resideInAPackage(ROOT)
                .and()
                .arePublic()
                .should(not(ArchConditions.haveRawReturnType(INTERNAL)))
                .andShould(not(ArchConditions.haveRawParameterTypes(DescribedPredicate.anyElementThat(INTERNAL))))
                .check(classes);
    }
}
