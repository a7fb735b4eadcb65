package io.tapline.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapline.aws.SetClock;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LazyConnectionsTest {

  private static final Connection PROD =
      new Connection("prod", "A", "P", URI.create("https://in1.api.clevertap.com"));

  @Test
  void theSourceIsMadeAtItsFirstUseAndOnce() {
    AtomicInteger made = new AtomicInteger();
    LazyConnections connections =
        new LazyConnections(
            () -> {
              made.incrementAndGet();
              return new CachingConnections(name -> PROD, new SetClock());
            });
    assertThat(made).hasValue(0);

    assertThat(connections.get("prod")).isEqualTo(PROD);
    assertThat(connections.refresh("prod")).isEqualTo(PROD);

    assertThat(made).hasValue(1);
  }
}
