package io.tapline.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkMessageTest {

  @Test
  void isReadAsItWasWritten() {
    ChunkMessage message = ChunkMessage.of("vip", "20261124T101500Z-0f", 2, new ChunkId(4, 17));

    assertThat(ChunkMessage.parse(message.toJson())).isEqualTo(message);
    assertThat(message.chunk()).isEqualTo(new ChunkId(4, 17));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "no JSON",
        "{}",
        "{\"sync\":\"s\",\"job\":\"j\",\"run\":1,\"lane\":0}",
        "{\"sync\":\"s\",\"job\":null,\"run\":1,\"lane\":0,\"number\":0}",
        "{\"sync\":\"s\",\"job\":\"j\",\"run\":1,\"lane\":0,\"number\":0,\"extra\":1}",
      })
  void whatIsNotWrittenByItIsRefused(String json) {
    assertThatIllegalArgumentException().isThrownBy(() -> ChunkMessage.parse(json));
  }
}
