package io.tapline.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The store in memory, and what it can do beyond: versions, and surrogates in their place. */
class MemoryObjectStoreTest extends ObjectStoreContract {

  private static final Instant START = Instant.parse("2026-11-24T00:00:00Z");

  private final MemoryObjectStore store = new MemoryObjectStore(new SetClock());

  MemoryObjectStoreTest() {
    super(new MemoryObjectStore(new SetClock()), "bucket");
  }

  @Test
  void headTellsTheMd5InQuotes() {
    store.put("b", "k", bytes("abc"));

    assertThat(store.head("b", "k", null))
        .contains(
            new ObjectVersion("b", "k", null, "\"900150983cd24fb0d6963f7d28e17f72\"", 3, START));
  }

  @Test
  void aVersionOutlivesTheNext() {
    ObjectVersion first =
        store.put(new ObjectVersion("b", "k", "v1", "\"e1\"", 0, START), bytes("one"));
    store.put(new ObjectVersion("b", "k", "v2", "\"e2\"", 0, START), bytes("two"));

    assertThat(store.read(first, 0, 3)).isEqualTo(bytes("one"));
    assertThat(store.head("b", "k", "v1")).contains(first);
    assertThat(store.head("b", "k", "v3")).isEmpty();
    assertThat(store.get("b", "k")).contains(bytes("two"));
  }

  @Test
  void surrogatesComeLastAsInUtf8() {
    store.put("b", "q/\uD83D\uDE00", bytes(""));
    store.put("b", "q/\uFFFD", bytes(""));
    store.put("b", "q/", bytes(""));

    assertThat(store.list("b", "q/", null).items())
        .containsExactly("q/", "q/\uFFFD", "q/\uD83D\uDE00");
    assertThat(store.list("b", "q/", "p").items()).hasSize(3);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
