package io.tapline.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LogLineTest {

  @Test
  void isOneLineOfJson() {
    assertThat(LogLine.info("released").with("key", "a \"b\"\nc").with("rows", 3))
        .hasToString(
            """
            {"level":"INFO","what":"released","key":"a \\"b\\"\\nc","rows":3}\
            """);
  }

  @Test
  void leavesOutWhatIsNull() {
    assertThat(LogLine.warn("stopped").with("code", null))
        .hasToString("{\"level\":\"WARN\",\"what\":\"stopped\"}");
    assertThat(LogLine.error("failed")).hasToString("{\"level\":\"ERROR\",\"what\":\"failed\"}");
  }
}
