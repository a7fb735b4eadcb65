package io.tapline.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the tests that use the store in memory rely on. */
class MemoryObjectStoreTest {

  private static final Instant START = Instant.parse("2026-11-24T00:00:00Z");

  private final MemoryObjectStore store = new MemoryObjectStore(new SetClock());

  @Test
  void headTellsTheMd5InQuotes() {
    store.put("b", "k", bytes("abc"));

    assertThat(store.head("b", "k", null))
        .contains(
            new ObjectVersion("b", "k", null, "\"900150983cd24fb0d6963f7d28e17f72\"", 3, START));
  }

  @Test
  void onlyTheFirstPutIfAbsentWrites() {
    assertThat(store.putIfAbsent("b", "k", bytes("1"))).isTrue();
    assertThat(store.putIfAbsent("b", "k", bytes("2"))).isFalse();
    assertThat(store.get("b", "k")).contains(bytes("1"));
  }

  @Test
  void aRangeEndsWithTheObject() {
    store.put("b", "k", bytes("abcdef"));

    assertThat(store.read(store.head("b", "k", null).orElseThrow(), 4, 10)).isEqualTo(bytes("ef"));
  }

  @Test
  void anOverwrittenObjectCantBeReadOn() {
    store.put("b", "k", bytes("old"));
    ObjectVersion old = store.head("b", "k", null).orElseThrow();
    store.put("b", "k", bytes("new"));

    assertThatExceptionOfType(ObjectChangedException.class).isThrownBy(() -> store.read(old, 0, 3));
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
  void aPageHolds1000KeysInUtf8Order() {
    for (int i = 0; i < 1001; i++) {
      store.put("b", "p/%04d".formatted(i), bytes(""));
    }
    store.put("b", "q/\uD83D\uDE00", bytes(""));
    store.put("b", "q/\uFFFD", bytes(""));

    assertThat(store.list("b", "p/", null)).hasSize(1000).last().isEqualTo("p/0999");
    assertThat(store.list("b", "p/", "p/0999")).containsExactly("p/1000");
    assertThat(store.list("b", "q/", null)).containsExactly("q/\uFFFD", "q/\uD83D\uDE00");
  }

  @Test
  void foldersAreOneLevel() {
    for (String key : List.of("p/a/1", "p/a/2", "p/b/c/1", "p/x", "q/a/1")) {
      store.put("b", key, bytes(""));
    }

    assertThat(store.listFolders("b", "p/", null)).containsExactly("p/a/", "p/b/");
    assertThat(store.listFolders("b", "p/", "p/a/\uffff")).containsExactly("p/b/");
  }

  @Test
  void anUploadAppearsWhenItIsComplete() throws Exception {
    try (ObjectUpload upload = store.upload("b", "dropped")) {
      upload.write(bytes("abc"));
    }
    try (ObjectUpload upload = store.upload("b", "kept")) {
      upload.write(bytes("ab"));
      upload.write('c');
      upload.complete();
    }

    assertThat(store.list("b", "", null)).containsExactly("kept");
    assertThat(store.get("b", "kept")).contains(bytes("abc"));
    store.delete("b", "kept");
    assertThat(store.get("b", "kept")).isEmpty();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
