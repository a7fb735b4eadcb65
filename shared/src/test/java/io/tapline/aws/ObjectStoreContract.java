package io.tapline.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link ObjectStore} does. */
abstract class ObjectStoreContract {

  private final ObjectStore store;
  private final String bucket;

  /** Holds a store to the contract, in an empty bucket of its. */
  ObjectStoreContract(ObjectStore store, String bucket) {
    this.store = store;
    this.bucket = bucket;
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain.json", "a b+c%25.csv", "day=1/part&1.csv", "日本語/č😀.csv"})
  void whatIsPutIsThere(String key) {
    store.put(bucket, key, bytes("content"));

    assertThat(store.get(bucket, key)).hasValue(bytes("content"));
    assertThat(store.head(bucket, key, null))
        .hasValueSatisfying(
            version -> {
              assertThat(version.bucket()).isEqualTo(bucket);
              assertThat(version.key()).isEqualTo(key);
              assertThat(version.versionId()).isNull();
              assertThat(version.etag()).startsWith("\"").endsWith("\"");
              assertThat(version.size()).isEqualTo(7);
            });
    assertThat(store.list(bucket, "", null).items()).containsExactly(key);
  }

  @Test
  void anEmptyObjectIsAnObject() {
    store.put(bucket, "empty", new byte[0]);

    assertThat(store.get(bucket, "empty")).hasValue(new byte[0]);
  }

  @Test
  void whatWasNeverPutIsNotThere() {
    assertThat(store.get(bucket, "none")).isEmpty();
    assertThat(store.head(bucket, "none", null)).isEmpty();
  }

  @Test
  void aPutReplacesWhatIsThere() {
    store.put(bucket, "key", bytes("old"));
    store.put(bucket, "key", bytes("new"));

    assertThat(store.get(bucket, "key")).hasValue(bytes("new"));
  }

  @Test
  void aDeletedObjectIsGone() {
    store.put(bucket, "key", bytes("content"));
    store.delete(bucket, "key");
    store.delete(bucket, "key");

    assertThat(store.get(bucket, "key")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 10, 0123456789, the whole",
    "3,  4, 3456,       a part",
    "9,  1, 9,          the last byte",
    "8, 10, 89,         fewer at the end",
  })
  void readsARange(long from, int length, String expected, String rule) {
    ObjectVersion version = put("export.csv", "0123456789");

    assertThat(store.read(version, from, length)).as(rule).isEqualTo(bytes(expected));
  }

  @Test
  void anOverwrittenVersionIsNotRead() {
    ObjectVersion version = put("export.csv", "first");
    store.put(bucket, "export.csv", bytes("later"));

    assertThatThrownBy(() -> store.read(version, 0, 5))
        .isInstanceOf(ObjectChangedException.class)
        .hasMessageContaining("s3://" + bucket + "/export.csv was overwritten or deleted");
  }

  @Test
  void aDeletedVersionIsNotRead() {
    ObjectVersion version = put("export.csv", "first");
    store.delete(bucket, "export.csv");

    assertThatThrownBy(() -> store.read(version, 0, 5)).isInstanceOf(ObjectChangedException.class);
  }

  @Test
  void putIfAbsentLeavesWhatIsThere() {
    assertThat(store.putIfAbsent(bucket, "key", bytes("first"))).isTrue();
    assertThat(store.putIfAbsent(bucket, "key", bytes("second"))).isFalse();

    assertThat(store.get(bucket, "key")).hasValue(bytes("first"));
  }

  @Test
  void ofManyThatPutIfAbsentAtOnceOneWins() throws Exception {
    int keys = 20;
    int writers = 10;
    try (ExecutorService threads = Executors.newFixedThreadPool(writers)) {
      for (int k = 0; k < keys; k++) {
        String key = "claims/" + k;
        List<Callable<Boolean>> puts = new ArrayList<>();
        for (int w = 0; w < writers; w++) {
          byte[] content = bytes("writer " + w);
          puts.add(() -> store.putIfAbsent(bucket, key, content));
        }
        List<Integer> winners = new ArrayList<>();
        List<Future<Boolean>> results = threads.invokeAll(puts);
        for (int w = 0; w < writers; w++) {
          if (results.get(w).get()) {
            winners.add(w);
          }
        }
        assertThat(winners).hasSize(1);
        assertThat(store.get(bucket, key)).hasValue(bytes("writer " + winners.getFirst()));
      }
    }
  }

  @Test
  void listsInPagesOfAThousand() throws Exception {
    List<String> folders = IntStream.range(0, 1005).mapToObj("list/%04d/"::formatted).toList();
    List<String> keys = folders.stream().map(folder -> folder + "key").toList();
    store.put(bucket, "before", new byte[0]);
    store.put(bucket, "zzz", new byte[0]);

    assertThat(pages(after -> store.list(bucket, "list/", after))).containsExactly(List.of());
    assertThat(pages(after -> store.listFolders(bucket, "list/", after)))
        .containsExactly(List.of());

    putAll(keys.subList(0, 1000));

    assertThat(pages(after -> store.list(bucket, "list/", after)))
        .as("a page that is just full is the last one")
        .containsExactly(keys.subList(0, 1000));
    assertThat(pages(after -> store.entries(bucket, "list/", after).map(ObjectEntry::key)))
        .containsExactly(keys.subList(0, 1000));
    assertThat(pages(after -> store.listFolders(bucket, "list/", after)))
        .containsExactly(folders.subList(0, 1000));

    putAll(keys.subList(1000, 1005));

    assertThat(pages(after -> store.list(bucket, "list/", after)))
        .containsExactly(keys.subList(0, 1000), keys.subList(1000, 1005));
    assertThat(pages(after -> store.entries(bucket, "list/", after).map(ObjectEntry::key)))
        .containsExactly(keys.subList(0, 1000), keys.subList(1000, 1005));
    assertThat(pages(after -> store.listFolders(bucket, "list/", after)))
        .containsExactly(folders.subList(0, 1000), folders.subList(1000, 1005));
  }

  @Test
  void listsAFolderBehindAThousandKeysInNone() throws Exception {
    putAll(IntStream.range(0, 1000).mapToObj("list/%04d"::formatted).toList());
    store.put(bucket, "list/folder/key", new byte[0]);

    assertThat(pages(after -> store.listFolders(bucket, "list/", after)))
        .containsExactly(List.of("list/folder/"));
  }

  @Test
  void listsKeysInUtf8Order() throws Exception {
    putAll(List.of("k/b", "k/B", "k/-", "k/é", "k/日"));

    assertThat(store.list(bucket, "k/", null).items())
        .containsExactly("k/-", "k/B", "k/b", "k/é", "k/日");
  }

  @Test
  void listsTheFoldersOfOneLevel() throws Exception {
    putAll(List.of("jobs/s/a/job.json", "jobs/s/a/x/1", "jobs/s/b/job.json", "jobs/s/file"));

    assertThat(store.listFolders(bucket, "jobs/s/", null).items())
        .containsExactly("jobs/s/a/", "jobs/s/b/");
    assertThat(store.listFolders(bucket, "jobs/s/", "jobs/s/a0").items())
        .containsExactly("jobs/s/b/");
    assertThat(store.listFolders(bucket, "none/", null).items()).isEmpty();
  }

  @Test
  void listsWhenObjectsWereWritten() throws Exception {
    putAll(List.of("e/a", "e/b", "e/c"));

    List<ObjectEntry> behind = store.entries(bucket, "e/", "e/a").items();

    assertThat(behind).extracting(ObjectEntry::key).containsExactly("e/b", "e/c");
    assertThat(behind)
        .allSatisfy(
            entry ->
                assertThat(entry.lastModified().truncatedTo(ChronoUnit.SECONDS))
                    .isEqualTo(
                        store
                            .head(bucket, entry.key(), null)
                            .orElseThrow()
                            .lastModified()
                            .truncatedTo(ChronoUnit.SECONDS)));
    assertThat(store.entries(bucket, "e/", "e/c").items()).isEmpty();
  }

  @Test
  void theSameContentHasTheSameEtag() {
    assertThat(put("a", "same").etag()).isEqualTo(put("b", "same").etag());
    assertThat(put("c", "other").etag()).isNotEqualTo(put("d", "same").etag());
  }

  @Test
  void anUploadAppearsWhenItIsComplete() throws Exception {
    try (ObjectUpload upload = store.upload(bucket, "dropped")) {
      upload.write(bytes("abc"));
    }
    try (ObjectUpload upload = store.upload(bucket, "kept")) {
      upload.write(bytes("ab"));
      upload.write('c');
      assertThat(store.get(bucket, "kept")).isEmpty();
      upload.complete();
    }

    assertThat(store.list(bucket, "", null).items()).containsExactly("kept");
    assertThat(store.get(bucket, "kept")).hasValue(bytes("abc"));
  }

  /** The pages of a whole listing. */
  private static List<List<String>> pages(Function<@Nullable String, Page<String>> listing) {
    List<List<String>> pages = new ArrayList<>();
    String after = null;
    do {
      Page<String> page = listing.apply(after);
      pages.add(page.items());
      after = page.next();
    } while (after != null);
    return pages;
  }

  private ObjectVersion put(String key, String content) {
    store.put(bucket, key, bytes(content));
    return store.head(bucket, key, null).orElseThrow();
  }

  private void putAll(List<String> keys) throws Exception {
    List<Callable<Void>> puts = new ArrayList<>();
    for (String key : keys) {
      puts.add(
          () -> {
            store.put(bucket, key, new byte[0]);
            return null;
          });
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (Future<Void> put : threads.invokeAll(puts)) {
        put.get();
      }
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
