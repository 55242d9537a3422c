package lvc.cli;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/** The walls between the rooms that the compiler does not see. */
class ArchitectureTest {
    private static JavaClasses lvc;

    @BeforeAll
    static void read() {
        lvc = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("lvc");
    }

    @Test
    void the_core_knows_the_jdk_and_itself() {
        classes()
                .that()
                .resideInAPackage("lvc.core..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("lvc.core..", "java..", "org.jspecify..")
                .check(lvc);
    }

    @Test
    void no_adapter_sees_another() {
        slices().matching("lvc.adapter.(*)..").should().notDependOnEachOther().check(lvc);
    }

    @Test
    void only_the_command_line_knows_picocli() {
        noClasses()
                .that(not(resideInAnyPackage("lvc.cli", "lvc.cli.command")))
                .should()
                .dependOnClassesThat(resideInAPackage("picocli.."))
                .check(lvc);
    }

    @Test
    void commands_hold_no_adapters() {
        noClasses()
                .that()
                .resideInAPackage("lvc.cli.command..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("lvc.adapter..")
                .check(lvc);
    }

    @Test
    void nothing_meets_the_sandbox_but_by_its_address() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("lvc.sandbox..")
                .check(lvc);
    }

    @Test
    void the_cache_can_be_deployed_alone() {
        noClasses()
                .that()
                .resideInAPackage("lvc.cache..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "lvc.cli..", "lvc.adapter.kube..", "lvc.adapter.minio..", "picocli..", "io.fabric8..")
                .check(lvc);
    }

    @Test
    void values_are_kept_by_those_who_know_neither_kafka_nor_http() {
        classes()
                .that()
                .resideInAPackage("lvc.cache.store..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("lvc.cache.store..", "lvc.core.record..", "java..", "org.jspecify..")
                .check(lvc);
    }

    @Test
    void packages_of_the_core_form_no_circle() {
        slices().matching("lvc.core.(*)..").should().beFreeOfCycles().check(lvc);
    }

    @Test
    void only_main_ends_the_process() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(Main.class.getName())
                .and()
                .doNotHaveFullyQualifiedName(lvc.cache.Main.class.getName())
                .should()
                .callMethod(System.class, "exit", int.class)
                .check(lvc);
    }

    @Test
    void nobody_prints_past_the_environment() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(Environment.class.getName())
                .and()
                .doNotHaveFullyQualifiedName(lvc.cache.Main.class.getName())
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(lvc);
    }

    @Test
    void time_passes_in_one_place() {
        noClasses()
                .that()
                .resideOutsideOfPackage("lvc.adapter.time..")
                .should()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .check(lvc);
    }
}
