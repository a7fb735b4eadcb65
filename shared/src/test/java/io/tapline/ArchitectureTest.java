package io.tapline;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.tapline.aws.Clock;
import io.tapline.aws.TimeBudget;
import io.tapline.export.BrokenRow;
import io.tapline.export.DelimitedRow;
import io.tapline.export.Header;
import io.tapline.export.JsonLine;
import io.tapline.export.JsonRow;
import io.tapline.export.ReadPosition;
import io.tapline.export.Row;

/** Data goes one way: each package knows those before it, and of some of them only a part. */
@AnalyzeClasses(packages = "io.tapline", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  private static final DescribedPredicate<JavaClass> AWS = in("aws");
  private static final DescribedPredicate<JavaClass> SYNC = in("sync");
  private static final DescribedPredicate<JavaClass> CHUNK = in("chunk");
  private static final DescribedPredicate<JavaClass> RECORD = in("record");
  private static final DescribedPredicate<JavaClass> LEDGER = in("ledger");

  /** A row is one of three kinds, which whoever looks into it must tell apart. */
  private static final DescribedPredicate<JavaClass> ROW =
      belongToAnyOf(Row.class, DelimitedRow.class, JsonRow.class, BrokenRow.class);

  /** A stored row is read as it was in the export: numbers digit by digit. */
  private static final DescribedPredicate<JavaClass> JSON = belongToAnyOf(JsonLine.class);

  private static final DescribedPredicate<JavaClass> TIME =
      belongToAnyOf(Clock.class, TimeBudget.class);

  /** A mark keeps where the reader stood and what the columns are called. */
  private static final DescribedPredicate<JavaClass> PLACE =
      belongToAnyOf(Header.class, ReadPosition.class);

  @ArchTest static final ArchRule aws = only("aws", none());
  @ArchTest static final ArchRule sync = only("sync", AWS);
  @ArchTest static final ArchRule export = only("export", AWS.or(SYNC));
  @ArchTest static final ArchRule record = only("record", SYNC.or(ROW));
  @ArchTest static final ArchRule chunk = only("chunk", ROW.or(JSON));
  @ArchTest static final ArchRule cleverTap = only("clevertap", TIME.or(SYNC));

  @ArchTest
  static final ArchRule ledger =
      only("ledger", AWS.or(SYNC).or(CHUNK).or(RECORD).or(ROW).or(PLACE));

  @ArchTest
  static final ArchRule report =
      only("report", LEDGER.or(AWS).or(SYNC).or(CHUNK).or(RECORD).or(ROW).or(PLACE))
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule noCycles = slices().matching("io.tapline.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule nothingOfLambda =
      noClasses().should().dependOnClassesThat().resideInAPackage("com.amazonaws..");

  @ArchTest static final ArchRule noStandardStreams = noClasses().should(ACCESS_STANDARD_STREAMS);

  private static ArchRule only(String name, DescribedPredicate<JavaClass> allowed) {
    return classes()
        .that(in(name))
        .should()
        .onlyDependOnClassesThat(in(name).or(resideOutsideOfPackage("io.tapline..")).or(allowed))
        .as("io.tapline.%s uses only %s of Tapline".formatted(name, allowed.getDescription()));
  }

  private static DescribedPredicate<JavaClass> in(String name) {
    return resideInAPackage("io.tapline." + name + "..").as(name);
  }

  private static DescribedPredicate<JavaClass> none() {
    return DescribedPredicate.<JavaClass>alwaysFalse().as("nothing else");
  }
}
