package io.tapline.job;

import static io.tapline.job.ExportText.longList;
import static io.tapline.job.Scene.KEY;
import static io.tapline.job.Scene.PROFILES;
import static io.tapline.job.Scene.SKIPPING;
import static io.tapline.job.Scene.SYNC;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapline.ledger.Job;
import io.tapline.ledger.LearnedTypes;
import io.tapline.ledger.Mark;
import io.tapline.ledger.Stop;
import io.tapline.record.ColumnTypes;
import io.tapline.record.ColumnTypes.TypedColumn;
import io.tapline.sync.ColumnType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Types that a sync learns, and what files of rejected rows have of them. */
class StagingTypesTest {

  private final Scene scene = new Scene();

  @Test
  void learnsTypesAndWidensThem() {
    scene.sync(SKIPPING);
    Mark first = scene.stage(scene.open("vip/1.csv", "identity,Points,Town\na,7,x\n"));
    assertThat(types(first)).containsEntry("Points", List.of(ColumnType.NUMBER));
    assertThat(scene.ledger().learnedTypes(SYNC).types())
        .containsEntry("Points", ColumnType.NUMBER)
        .containsEntry("Town", ColumnType.STRING);

    Mark second = scene.stage(scene.open("vip/2.csv", "identity,Points,Town\na,many,1\n"));

    assertThat(types(second))
        .containsEntry("Points", List.of(ColumnType.STRING))
        .containsEntry("Town", List.of(ColumnType.STRING));
    assertThat(second.decided().warnings()).hasSize(1);
    LearnedTypes learned = scene.ledger().learnedTypes(SYNC);
    assertThat(learned.number()).isEqualTo(1);
    assertThat(learned.types()).containsEntry("Points", ColumnType.STRING);

    scene.stage(scene.open("vip/3.csv", "identity,Points,Town\na,1,1\n"));
    assertThat(scene.ledger().learnedTypes(SYNC)).isEqualTo(learned);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          what was learned stays             | Points | 7    | NUMBER | false
          whatever the value is              | Points | many | NUMBER | false
          what fits less than was learned    | Town   | 7    | STRING | false
          what was not learned is told       | Zip    | 7    | NUMBER | true
          """)
  void rejectedRowsHaveTheTypesOfTheSync(
      String rule, String column, String value, ColumnType type, boolean warned) {
    scene.sync(SKIPPING);
    scene.stage(scene.open("vip/1.csv", "identity,Points,Town\na,7,x\n"));
    LearnedTypes learned = scene.ledger().learnedTypes(SYNC);

    Mark rejects =
        scene.stage(
            scene.open(
                "vip/rejects.csv",
                "identity,%s,_row,_code,_reason\na,%s,1,516,x\n".formatted(column, value)));

    assertThat(types(rejects)).containsEntry(column, List.of(type));
    assertThat(rejects.decided().warnings())
        .extracting(ColumnTypes.Warning::code)
        .isEqualTo(warned ? List.of("TYPES_OF_FEW_ROWS") : List.of());
    assertThat(scene.ledger().learnedTypes(SYNC).types()).containsAllEntriesOf(learned.types());
  }

  @Test
  void rejectedRowsThatDoNotFitTheTypesOfTheSyncAreInvalid() {
    scene.sync(PROFILES);
    scene.stage(scene.open("vip/1.csv", "identity,Points\na,7\n"));

    Job job = scene.open("vip/rejects.csv", "identity,Points,_row,_code,_reason\na,many,1,516,x\n");
    scene.stage(job);

    assertThat(scene.stop(job).code()).isEqualTo("INVALID_RECORD");
    assertThat(scene.stop(job).message()).contains("Points");
  }

  @ParameterizedTest(name = "{0} to {1}: stopped is {2}")
  @CsvSource({
    "vip/rejects.csv,   UPDATE_EXISTING_SEGMENT, true",
    "vip/rejects.jsonl, UPDATE_EXISTING_SEGMENT, true",
    "vip/whole.csv,     UPDATE_EXISTING_SEGMENT, false",
    "vip/rejects.csv,   CREATE_NEW_SEGMENT,      false",
  })
  void aListIsNotReplacedByItsRejectedRows(String key, String mode, boolean stopped) {
    scene.sync(
        """
        "target":"CUSTOM_LIST","skipOnInvalidRecord":true,
        "customList":{"name":"VIPs","userEmail":"admin@example.com","mode":"%s"}
        """
            .formatted(mode));
    String text =
        switch (key) {
          case "vip/rejects.csv" -> "type,identity,_row,_code,_reason\ni,a,1,LIST_TYPE,x\n";
          case "vip/whole.csv" -> "type,identity\ni,a\n";
          default -> "{\"type\":\"i\",\"identity\":\"a\"}\n";
        };

    Job job = scene.open(key, text);
    Mark staged = scene.stage(job);

    assertThat(Optional.ofNullable(staged.stop()).map(Stop::code))
        .isEqualTo(stopped ? Optional.of("LIST_OF_REJECTS") : Optional.empty());
    assertThat(staged.rows()).isEqualTo(stopped ? 0 : 1);
  }

  /** A comma in the name of a column must not hide the others. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiterString = "/",
      quoteCharacter = '`',
      textBlock =
          """
          as many spreadsheets do     / ,  / identity;a,b;_row;_code;_reason             / true
          with quotes                 / ,  / identity;"x";"_row";"_code";"_reason"       / true
          as the sync's exports are   / ;  / identity;x;_row;_code;_reason               / true
          as text between tabs        / ,  / identity\tx\t_row\t_code\t_reason           / true
          alone                       / ,  / _row;_code;_reason                          / true
          as it was written           / ;  / identity,x,_row,_code,_reason               / false
          another column behind       / ;  / identity;_row;_code;_reason;x               / false
          columns of a similar name   / ;  / identity;a_row;_code;_reason                / false
          """)
  void rejectedRowsBetweenOtherDelimitersAreNotSent(
      String rule, String delimiter, String header, boolean stopped) {
    scene.sync(SKIPPING + ",\"format\":{\"delimiter\":\"" + delimiter + "\"}");
    Job job = scene.open("vip/rejects.csv", header.replace("\\t", "\t") + "\n");

    assertThat(Optional.ofNullable(scene.stage(job).stop()).map(Stop::code))
        .isEqualTo(stopped ? Optional.of("REJECTS_DELIMITER") : Optional.empty());
  }

  @Test
  void decidesAgainWhenAnotherJobLearnedAtTheSameTime() {
    scene.sync(SKIPPING);
    Job job = scene.open(KEY, "identity,Points\na,7\n");

    Mark staged = new Staging(beatenToTypes("Points")).stage(job, scene.unlimited()).orElseThrow();

    assertThat(types(staged)).containsEntry("Points", List.of(ColumnType.STRING));
  }

  @Test
  void checksAgainWhenAnotherJobLearnedAtTheSameTime() {
    scene.sync(PROFILES);
    Job job = scene.open(KEY, "identity,Tags\na," + longList() + "\n");

    new Staging(beatenToTypes("Tags")).stage(job, scene.unlimited()).orElseThrow();

    assertThat(scene.stop(job).code()).isEqualTo("INVALID_RECORD");
  }

  private static Map<String, List<ColumnType>> types(Mark staged) {
    return staged.decided().columns().stream()
        .collect(Collectors.toMap(TypedColumn::name, TypedColumn::types));
  }

  /** An installation in which another job always learns first that this column is a string. */
  private Installation beatenToTypes(String column) {
    return scene.beforeWrites(
        (key, content) -> {
          if (key.equals("types/" + SYNC + "/0.json")) {
            scene
                .ledger()
                .putLearnedTypes(SYNC, LearnedTypes.NONE.next(Map.of(column, ColumnType.STRING)));
          }
        });
  }
}
