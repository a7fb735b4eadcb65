package io.tapline.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkMessageTest {

  private static final String JOB = "20261124T000000Z-0123456789abcdef";

  private static final ChunkMessage MESSAGE =
      ChunkMessage.of("vip-profiles", JOB, 2, new ChunkId(3, 41));

  @Test
  void comesBackAsItWas() {
    assertThat(ChunkMessage.parse(MESSAGE.toJson())).isEqualTo(MESSAGE);
    assertThat(MESSAGE.chunk()).isEqualTo(new ChunkId(3, 41));
  }

  @Test
  void holdsAPointerAndNothingElse() throws Exception {
    assertThat(new ObjectMapper().readTree(MESSAGE.toJson()).properties())
        .extracting(field -> field.getKey() + "=" + field.getValue().asText())
        .containsExactly("sync=vip-profiles", "job=" + JOB, "run=2", "lane=3", "number=41");
  }

  @Test
  void itsGroupIsTheLaneOfItsSync() {
    assertThat(MESSAGE.group("vip-profiles")).isEqualTo("vip-profiles-3");
  }

  @Test
  void noTwoChunksOfAnyRunsShareADeduplicationId() {
    Set<String> ids = new HashSet<>();
    int count = 0;
    for (String job : List.of(JOB, JOB + "-2", JOB + "-12")) {
      for (int run = 1; run <= 12; run++) {
        for (int lane = 0; lane < 12; lane++) {
          for (int number = 0; number < 12; number++) {
            ids.add(ChunkMessage.of("s", job, run, new ChunkId(lane, number)).deduplicationId());
            count++;
          }
        }
      }
    }

    assertThat(ids).hasSize(count);
  }

  @Test
  void fitsTheLimitsOfSqs() {
    ChunkMessage longest =
        ChunkMessage.of("s".repeat(64), JOB + "-99", 99_999, new ChunkId(9, Integer.MAX_VALUE));

    assertThat(longest.group(longest.sync())).hasSizeLessThanOrEqualTo(128);
    assertThat(longest.deduplicationId()).hasSizeLessThanOrEqualTo(128);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "no json",
        "[]",
        "{}",
        "{\"sync\":\"s\",\"job\":\"j\",\"run\":1,\"lane\":0}",
        "{\"sync\":null,\"job\":\"j\",\"run\":1,\"lane\":0,\"number\":0}",
        "{\"sync\":\"s\",\"job\":\"j\",\"run\":null,\"lane\":0,\"number\":0}",
        "{\"sync\":\"s\",\"job\":\"j\",\"run\":1,\"lane\":0,\"number\":0} {}",
        "{\"sync\":\"s\",\"job\":\"j\",\"run\":1,\"lane\":0,\"number\":0,\"more\":1}",
        "{\"sync\":\"../s\",\"job\":\"j\",\"run\":1,\"lane\":0,\"number\":0}",
        "{\"sync\":\"s\",\"job\":\"..\",\"run\":1,\"lane\":0,\"number\":0}",
        "{\"sync\":\"s\",\"job\":\"j/j\",\"run\":1,\"lane\":0,\"number\":0}",
        "{\"sync\":\"s\",\"job\":\"j\",\"run\":0,\"lane\":0,\"number\":0}",
        "{\"sync\":\"s\",\"job\":\"j\",\"run\":1,\"lane\":-1,\"number\":0}",
        "{\"sync\":\"s\",\"job\":\"j\",\"run\":1,\"lane\":0,\"number\":-1}"
      })
  void anythingElseIsNoMessage(String json) {
    assertThatThrownBy(() -> ChunkMessage.parse(json))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("not ")
        .hasMessageContaining("chunk");
  }

  @ParameterizedTest
  @CsvSource({"0, 0, 0-0", "9, 10, 9-10", "12, 123456, 12-123456"})
  void aChunkIsNamedByLaneAndNumber(int lane, int number, String text) {
    ChunkId chunk = new ChunkId(lane, number);

    assertThat(chunk).hasToString(text);
    assertThat(ChunkId.parse(text)).isEqualTo(chunk);
  }
}
