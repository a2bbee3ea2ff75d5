package xalesin.standalone;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.beAnnotatedWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The table of the rooms, held: who may know whom, and what the domain may never touch. */
class ArchitectureTest {
  private static final JavaClasses XALESIN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("xalesin");

  @Test
  void a_module_knows_only_the_modules_that_the_table_allows() {
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage("xalesin..")
        .layer("schemas")
        .definedBy("xalesin.schemas..")
        .layer("edge")
        .definedBy("xalesin.edge..")
        .layer("command")
        .definedBy("xalesin.command..")
        .layer("cdc")
        .definedBy("xalesin.cdc..")
        .layer("projection")
        .definedBy("xalesin.projection..")
        .layer("query")
        .definedBy("xalesin.query..")
        .layer("embedded")
        .definedBy("xalesin.embedded..")
        .layer("client")
        .definedBy("xalesin.client..")
        .layer("standalone")
        .definedBy("xalesin.standalone..")
        .whereLayer("standalone")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("embedded")
        .mayOnlyBeAccessedByLayers("standalone")
        .whereLayer("command")
        .mayOnlyBeAccessedByLayers("standalone")
        .whereLayer("cdc")
        .mayOnlyBeAccessedByLayers("standalone")
        .whereLayer("query")
        .mayOnlyBeAccessedByLayers("standalone")
        .whereLayer("projection")
        .mayOnlyBeAccessedByLayers("query", "standalone")
        .whereLayer("edge")
        .mayOnlyBeAccessedByLayers("command", "query", "standalone")
        .whereLayer("schemas")
        .mayOnlyBeAccessedByLayers(
            "edge", "command", "cdc", "projection", "query", "standalone", "embedded")
        .whereLayer("schemas")
        .mayNotAccessAnyLayer()
        .whereLayer("client")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("client")
        .mayNotAccessAnyLayer()
        .check(XALESIN);
  }

  @Test
  void the_contract_needs_nothing_but_the_jdk_and_jackson() {
    classes()
        .that()
        .resideInAPackage("xalesin.schemas..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "xalesin.schemas..",
            "java..",
            "com.sun.net.httpserver..",
            "com.fasterxml.jackson..",
            "org.jspecify..")
        .check(XALESIN);
  }

  @Test
  void the_live_client_needs_nothing_but_the_jdk_and_jackson() {
    classes()
        .that()
        .resideInAPackage("xalesin.client..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "xalesin.client..", "java..", "com.fasterxml.jackson..", "org.jspecify..")
        .check(XALESIN);
  }

  @Test
  void the_domain_knows_no_technology() {
    noClasses()
        .that()
        .resideInAnyPackage(ExactNumbersTest.DECISIONS)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.javalin..",
            "org.eclipse.jetty..",
            "java.sql..",
            "javax.sql..",
            "org.postgresql..",
            "org.apache.kafka..",
            "io.debezium..",
            "com.fasterxml.jackson..",
            "xalesin.edge..")
        .check(XALESIN);
  }

  @Test
  void the_domain_asks_no_clock_and_throws_no_dice() {
    noClasses()
        .that()
        .resideInAnyPackage(ExactNumbersTest.DECISIONS)
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(LocalDate.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(UUID.class, "randomUUID")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Clock.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Random.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(SecureRandom.class)
        .check(XALESIN);
  }

  @Test
  void every_package_says_that_nothing_is_null_unless_it_says_so() {
    classes()
        .that(resideInAPackage("xalesin.."))
        .and()
        .haveSimpleName("package-info")
        .should(beAnnotatedWith(NullMarked.class))
        .check(XALESIN);
  }
}
