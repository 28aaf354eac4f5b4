package dev.headwater.examples;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.conditions.ArchConditions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

@DisplayName("The modules")
class ArchitectureTest {

    private static final String SPI = "dev.headwater.spi";
    private static final String CORE = "dev.headwater.core";
    private static final String TESTKIT = "dev.headwater.testkit";
    private static final String FAKE_SERVER = "dev.headwater.fakeserver";

    /** Made of the description of an API; nothing there is written by hand. */
    private static final String GENERATED = FAKE_SERVER + ".internal.chalk.wire";

    static final List<String> PLUG_INS = List.of(
            "dev.headwater.store.jdbc",
            "dev.headwater.secrets.aws",
            "dev.headwater.secrets.gcp",
            "dev.headwater.secrets.azure",
            "dev.headwater.connectors");

    /** The root packages of all published modules. */
    static final List<String> MODULES = List.of(
            SPI,
            CORE,
            PLUG_INS.get(0),
            PLUG_INS.get(1),
            PLUG_INS.get(2),
            PLUG_INS.get(3),
            PLUG_INS.get(4),
            TESTKIT,
            FAKE_SERVER);

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.headwater");

    @Test
    @DisplayName("are these, and nothing is outside of them")
    void complete() {
        Set<String> modules = new TreeSet<>();
        CLASSES.forEach(type -> modules.add(module(type)));
        assertThat(modules).containsAll(MODULES).isSubsetOf(with(MODULES, "dev.headwater.examples"));
    }

    @Test
    @DisplayName("point one way: the SPI uses the JDK and JSpecify only")
    void spi() {
        classes()
                .that()
                .resideInAPackage(SPI + "..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(SPI + "..", "java..", "javax..", "org.jspecify..")
                .check(CLASSES);
    }

    @Test
    @DisplayName("point one way: the core uses no plug-in")
    void core() {
        noClasses()
                .that()
                .resideInAPackage(CORE + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(all(with(PLUG_INS, TESTKIT, FAKE_SERVER, "dev.headwater.examples")))
                .check(CLASSES);
    }

    @ParameterizedTest
    @FieldSource("PLUG_INS")
    @DisplayName("point one way: a plug-in uses neither the core nor another plug-in")
    void plugIns(String plugIn) {
        List<String> others = with(PLUG_INS, CORE, TESTKIT, FAKE_SERVER, "dev.headwater.examples").stream()
                .filter(other -> !other.equals(plugIn))
                .toList();
        noClasses()
                .that()
                .resideInAPackage(plugIn + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(all(others))
                .check(CLASSES);
    }

    @ParameterizedTest
    @FieldSource("MODULES")
    @DisplayName("keep their internal packages to themselves")
    void internal(String module) {
        noClasses()
                .that(not(resideInAnyPackage(module + "..")))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(module + ".internal..")
                .check(CLASSES);
    }

    @ParameterizedTest
    @FieldSource("MODULES")
    @DisplayName("show nothing internal in their public methods")
    void api(String module) {
        DescribedPredicate<JavaClass> internal = JavaClass.Predicates.resideInAPackage("..internal..");
        methods()
                .that()
                .areDeclaredInClassesThat()
                .resideInAPackage(module)
                .and()
                .areDeclaredInClassesThat()
                .arePublic()
                .and()
                .arePublic()
                .should(ArchConditions.not(ArchConditions.haveRawReturnType(internal)))
                .andShould(ArchConditions.not(
                        ArchConditions.haveRawParameterTypes(DescribedPredicate.anyElementThat(internal))))
                .check(CLASSES);
    }

    @Test
    @DisplayName("show their public types in the root package, and the rest is internal")
    void borders() {
        for (String module : MODULES) {
            classes()
                    .that()
                    .resideInAPackage(module + "..")
                    .should()
                    .resideInAnyPackage(module, module + ".internal..")
                    .check(CLASSES);
        }
    }

    @Test
    @DisplayName("mark every package as null-marked, and describe it")
    void nullMarked() {
        List<String> unmarked = packages(CLASSES.getDefaultPackage()).stream()
                .filter(room -> room.tryGetPackageInfo()
                        .map(info -> !info.isAnnotatedWith(NullMarked.class))
                        .orElse(true))
                .map(JavaPackage::getName)
                .toList();
        assertThat(unmarked).isEmpty();
    }

    /** All packages with classes of their own. */
    private static List<JavaPackage> packages(JavaPackage root) {
        return root.getSubpackagesInTree().stream()
                .filter(room -> room.getName().startsWith("dev.headwater"))
                .filter(room -> !room.getName().equals(GENERATED))
                .filter(room -> !room.getClasses().isEmpty())
                .toList();
    }

    private static String module(JavaClass type) {
        String name = type.getPackageName();
        return with(MODULES, "dev.headwater.examples").stream()
                .filter(module -> name.equals(module) || name.startsWith(module + "."))
                .findFirst()
                .orElse(name);
    }

    private static List<String> with(List<String> modules, String... more) {
        List<String> all = new ArrayList<>(modules);
        all.addAll(List.of(more));
        return all;
    }

    private static String[] all(List<String> modules) {
        return modules.stream().map(module -> module + "..").toArray(String[]::new);
    }
}
