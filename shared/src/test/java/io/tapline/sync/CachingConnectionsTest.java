package io.tapline.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapline.aws.SetClock;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CachingConnectionsTest {

  private final SetClock clock = new SetClock();
  private final List<String> read = new ArrayList<>();
  private final CachingConnections connections = new CachingConnections(this::read, clock);

  @Test
  void readsAConnectionOnceInFiveMinutes() {
    Connection first = connections.get("prod");
    clock.sleep(Duration.ofMinutes(5).minusMillis(1));

    assertThat(connections.get("prod")).isSameAs(first);
    assertThat(read).containsExactly("prod");
  }

  @Test
  void readsAnewAfterFiveMinutes() {
    Connection first = connections.get("prod");
    clock.sleep(Duration.ofMinutes(5));

    assertThat(connections.get("prod")).isNotEqualTo(first);
  }

  @Test
  void refreshReadsAnewAndIsKept() {
    connections.get("prod");
    Connection refreshed = connections.refresh("prod");

    assertThat(connections.get("prod")).isSameAs(refreshed);
    assertThat(read).hasSize(2);
  }

  @Test
  void keepsEachConnectionByItself() {
    connections.get("prod");
    connections.get("test");

    assertThat(read).containsExactly("prod", "test");
  }

  @Test
  void keepsNoFailure() {
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> connections.get("none")).isInstanceOf(SettingsException.class);
    }

    assertThat(read).containsExactly("none", "none");
  }

  private Connection read(String name) {
    read.add(name);
    if (name.equals("none")) {
      throw new SettingsException("connection none is missing");
    }
    return new Connection(name, "A", "P" + read.size(), URI.create("https://api.clevertap.com"));
  }
}
