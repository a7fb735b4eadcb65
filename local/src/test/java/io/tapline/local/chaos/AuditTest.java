package io.tapline.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tapline.local.chaos.Step.Operation;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The harness finds what it is there to find: here CleverTap is made to take something else. */
class AuditTest {

  private static final long SEED = 3;
  private static final Plan NO_HARM = Kind.CALM.plan();

  @ParameterizedTest
  @EnumSource
  void findsNothingWhereNothingIsWrong(Target target) {
    Findings findings = calm(target).play();

    assertThat(findings.problems()).isEmpty();
    assertThat(findings.rows()).isPositive();
    assertThat(findings.lost() + findings.doubled() + findings.badReports()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void findsALostRow(Target target) {
    Findings findings =
        calm(target)
            .play(
                took ->
                    record -> {
                      if (target.shape().idOf(record) != 5) {
                        took.accept(record);
                      }
                    });

    assertThat(findings.lost()).isEqualTo(1);
    assertThat(findings.badReports()).isEqualTo(1);
    assertThat(findings.problems()).contains("row 5 is told as ACCEPTED and was taken 0 times");
  }

  @Test
  void findsADoubledEvent() {
    Findings findings = calm(Target.EVENTS_HELD).play(AuditTest::twiceRowFive);

    assertThat(findings.doubled()).isEqualTo(1);
    assertThat(findings.stated()).isZero();
    assertThat(findings.problems())
        .containsExactly("1 events were taken once more than they should be; the report states 0");
  }

  @Test
  void aProfileMayComeTwice() {
    assertThat(calm(Target.PROFILES).play(AuditTest::twiceRowFive).problems()).isEmpty();
  }

  @Test
  void findsAnOldValueOverANewOne() {
    Map<String, JsonNode> before = new HashMap<>();
    Findings findings =
        calm(Target.PROFILES)
            .play(
                took ->
                    record -> {
                      took.accept(record);
                      JsonNode old = before.put(record.path("identity").asText(), record);
                      if (old != null) {
                        took.accept(old);
                      }
                    });

    assertThat(findings.problems()).isNotEmpty();
    assertThat(findings.problems().getFirst()).startsWith("the last word on u");
  }

  @Test
  void findsARecordThatNoRowMakes() {
    Findings findings =
        calm(Target.EVENTS_RESENT)
            .play(
                took ->
                    record -> {
                      ObjectNode changed = record.deepCopy();
                      if (RowShape.EVENT.idOf(record) == 5) {
                        changed.withObjectProperty("evtData").put("note", "row 6");
                      }
                      took.accept(changed);
                    });

    assertThat(findings.problems())
        .contains("CleverTap took a record that no good row of the export makes: seq 5");
  }

  @Test
  void findsAJobThatIsNeverOver() {
    Plan nothingIsWritten =
        (step, draw) -> step.place().endsWith("closed.json") ? Harm.FAILS : Harm.NONE;

    Findings findings = ChaosRun.of(SEED, Kind.CALM, Target.PROFILES, nothingIsWritten).play();

    assertThat(findings.badReports()).isEqualTo(1);
    assertThat(findings.problems()).contains("not over after PT72H");
  }

  @Test
  void findsARunThatIsNotAnnounced() {
    Plan nobodyHears =
        (step, draw) -> step.operation() == Operation.ANNOUNCE ? Harm.PARTLY : Harm.NONE;

    Findings findings = ChaosRun.of(SEED, Kind.CALM, Target.PROFILES, nobodyHears).play();

    assertThat(findings.badReports()).isEqualTo(1);
    assertThat(findings.problems())
        .singleElement()
        .asString()
        .contains("is announced with [], its report says");
  }

  @ParameterizedTest
  @EnumSource
  void aSeedAlwaysPlaysTheSame(Kind kind) {
    long seed = SEED * Kind.values().length + kind.ordinal();

    assertThat(ChaosRun.of(seed).play()).isEqualTo(ChaosRun.of(seed).play());
  }

  private static ChaosRun calm(Target target) {
    return ChaosRun.of(SEED, Kind.CALM, target, NO_HARM);
  }

  private static Consumer<JsonNode> twiceRowFive(Consumer<JsonNode> took) {
    return record -> {
      took.accept(record);
      if (Math.max(RowShape.EVENT.idOf(record), RowShape.PROFILE.idOf(record)) == 5) {
        took.accept(record);
      }
    };
  }
}
