package io.tapline.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class WholePushTest {

  @Test
  void pushesAsTheLauncherDoes() throws IOException {
    assertThat(Files.readString(Path.of("../tapline")))
        .contains(String.join(" ", WholePush.OPTIONS.subList(0, 2)))
        .contains("push | redrive | serve) java+=(" + WholePush.OPTIONS.getLast() + ")");
  }
}
