package io.tapline.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapline.export.BrokenRow;
import io.tapline.sync.RecordKind;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LaneKeyTest {

  private static final int LANES = 7;

  @ParameterizedTest(name = "{4}")
  @CsvSource({
    "u1, o1, u1, by identity",
    ", o1, o1, by objectId where identity is null",
    "'', o1, o1, an empty text is null",
    "é, , é, over UTF-8",
  })
  void dealsByTheFirstKeyThatThereIs(String identity, String objectId, String key, String rule) {
    LaneKey lanes = LaneKey.of(Fixture.profiles().columns("Value", "objectid", "plan", "identity"));

    assertThat(lanes.lane(Fixture.row(1, "v", objectId, "x", identity), LANES))
        .isEqualTo(lane(key));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "TOKEN, o1",
    "DEMERGE, u1",
    "SUBSCRIPTION, v1",
    "DISASSOCIATION, v1",
    "LIST_MEMBER, u1",
  })
  void dealsByWhomTheRecordIsAbout(RecordKind kind, String key) {
    Fixture fixture = Fixture.of(kind);
    LaneKey lanes =
        LaneKey.of(fixture.columns("value", "status", "type", "id", "objectId", "identity"));

    assertThat(lanes.lane(Fixture.row(1, "v1", "s", "t", "i", "o1", "u1"), LANES))
        .isEqualTo(lane(key));
    assertThat(
            LaneKey.of(fixture.columns())
                .lane(
                    Fixture.json(1, "{\"value\":\"v1\",\"objectId\":\"o1\",\"identity\":\"u1\"}"),
                    LANES))
        .isEqualTo(lane(key));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      textBlock =
          """
          {"value":"v1","objectId":"o1","IDENTITY":"u1"} | u1
          {"identity":null,"objectId":"o1"}              | o1
          {"identity":5,"objectId":"o1"}                 | 5
          {"identity":true}                              | true
          {"identity":[1],"objectId":"o1"}               | o1
          {"identity":"","a.b":1,"objectId":"o1"}        | o1
          """,
      delimiter = '|')
  void dealsJsonRows(String line, String key) {
    LaneKey lanes = LaneKey.of(Fixture.profiles().columns());

    assertThat(lanes.lane(Fixture.json(1, line), LANES)).isEqualTo(lane(key));
  }

  @Test
  void dealsARowWithoutAKeyToLaneZero() {
    LaneKey lanes = LaneKey.of(Fixture.profiles().columns("identity"));

    assertThat(lanes.lane(Fixture.row(1, (String) null), LANES)).isZero();
    assertThat(lanes.lane(new BrokenRow(1, "NUL_BYTE", "…", null), LANES)).isZero();
    assertThat(LaneKey.of(Fixture.events().columns()).lane(Fixture.json(1, "{}"), LANES)).isZero();
  }

  private static int lane(String key) {
    CRC32 sum = new CRC32();
    sum.update(key.getBytes(StandardCharsets.UTF_8));
    return (int) (sum.getValue() % LANES);
  }
}
