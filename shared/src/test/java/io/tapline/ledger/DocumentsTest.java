package io.tapline.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapline.aws.ForwardingStore;
import io.tapline.aws.LoopbackAws;
import io.tapline.aws.ObjectStore;
import io.tapline.aws.Page;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentsTest {

  private static final Claim MINE = new Claim("s", "exports", "k", null, Instant.EPOCH);
  private static final Claim THEIRS = new Claim("other", "exports", "k", null, Instant.EPOCH);

  private final ObjectStore store = LoopbackAws.store();
  private final String bucket = LoopbackAws.newBucket();
  private final Documents documents = new Documents(store, bucket);

  @Test
  void theFirstDocumentStays() {
    assertThat(documents.putOnce("key", MINE)).isTrue();
    assertThat(documents.putOnce("key", THEIRS)).isFalse();

    assertThat(documents.get("key", Claim.class)).hasValue(MINE);
  }

  @Test
  void anEqualDocumentOfAnotherWriterIsNotMine() {
    documents.putOnce("key", MINE);

    assertThat(documents.putOnce("key", MINE)).isFalse();
  }

  @Test
  void aDocumentWhoseAnswerWasLostIsMine() {
    Documents unlucky = new Documents(new LostAnswers(store), bucket);

    assertThat(unlucky.putOnce("key", MINE)).isTrue();
    assertThat(unlucky.putOnce("key", MINE)).isFalse();
  }

  @Test
  void aDocumentThatWasThereIsNotMineThoughTheAnswerWasLost() {
    documents.putOnce("key", THEIRS);

    assertThat(new Documents(new LostAnswers(store), bucket).putOnce("key", MINE)).isFalse();
    assertThat(documents.get("key", Claim.class)).hasValue(THEIRS);
  }

  @Test
  void aDocumentThatIsGoneWhenItIsReadBackIsNotMine() {
    ObjectStore refusing =
        new ForwardingStore(store) {
          @Override
          public boolean putIfAbsent(String bucket, String key, byte[] content) {
            return false;
          }
        };

    assertThat(new Documents(refusing, bucket).putOnce("key", MINE)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "not json",
        "{\"sync\": \"s\"",
        "{\"at\": \"yesterday\"}",
        "{\"at\": \"x@example.com\"}"
      })
  void aBrokenDocumentIsAnErrorThatQuotesNothingOfIt(String json) {
    store.put(bucket, "key", json.getBytes(UTF_8));

    assertThatThrownBy(() -> documents.get("key", Claim.class))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("key in the work bucket is not what Tapline writes there")
        .hasNoCause();
  }

  @Test
  void aDocumentOfANewerVersionIsRead() {
    store.put(
        bucket,
        "key",
        """
        {"sync": "s", "bucket": "exports", "key": "k", "at": "1970-01-01T00:00:00Z",
         "writer": "w", "color": {"of": ["tomorrow"]}}
        """
            .getBytes(UTF_8));

    assertThat(documents.get("key", Claim.class)).hasValue(MINE);
  }

  @Test
  void instantsAreIsoText() {
    documents.putOnce("key", MINE);

    assertThat(documents.bytes("key").orElseThrow())
        .asString(UTF_8)
        .contains("\"at\":\"1970-01-01T00:00:00Z\"");
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "3", "1000"})
  void listsAllPages(int page) {
    List<String> keys = List.of("jobs/s/a-2/x", "jobs/s/a/x", "jobs/s/a/y", "jobs/s/b/x", "jobs/z");
    keys.forEach(key -> store.put(bucket, key, new byte[0]));
    Documents paged = new Documents(new SmallPages(store, page), bucket);

    assertThat(paged.names("jobs/")).containsExactly("s/a-2/x", "s/a/x", "s/a/y", "s/b/x", "z");
    assertThat(paged.folders("jobs/s/", null)).containsExactly("a-2", "a", "b");
    assertThat(paged.folders("jobs/s/", "jobs/s/aa")).containsExactly("b");
    assertThat(paged.names("none/")).isEmpty();
    assertThat(paged.folders("none/", null)).isEmpty();
  }

  @ParameterizedTest(name = "{0} keys in pages of 2")
  @CsvSource({"0, 1", "1, 1", "2, 1", "3, 2", "4, 2", "5, 3"})
  void asksForNoPageBehindTheLastOne(int keys, int requests) {
    for (int key = 0; key < keys; key++) {
      store.put(bucket, "jobs/%d/x".formatted(key), new byte[0]);
    }
    SmallPages pages = new SmallPages(store, 2);

    assertThat(new Documents(pages, bucket).names("jobs/")).hasSize(keys);
    assertThat(pages.requests).isEqualTo(requests);
    assertThat(new Documents(pages, bucket).folders("jobs/", null)).hasSize(keys);
    assertThat(pages.requests).isEqualTo(2 * requests);
  }

  /** Writes, and loses the answer; the request that is sent again finds an object there. */
  private static final class LostAnswers extends ForwardingStore {

    LostAnswers(ObjectStore store) {
      super(store);
    }

    @Override
    public boolean putIfAbsent(String bucket, String key, byte[] content) {
      super.putIfAbsent(bucket, key, content);
      return super.putIfAbsent(bucket, key, content);
    }
  }

  private static final class SmallPages extends ForwardingStore {

    private final int size;
    private int requests;

    SmallPages(ObjectStore store, int size) {
      super(store);
      this.size = size;
    }

    @Override
    public Page<String> list(String bucket, String prefix, @Nullable String after) {
      requests++;
      List<String> keys = super.list(bucket, prefix, after).items();
      return keys.size() > size
          ? new Page<>(keys.subList(0, size), keys.get(size - 1))
          : new Page<>(keys, null);
    }

    @Override
    public Page<String> listFolders(String bucket, String prefix, @Nullable String after) {
      requests++;
      List<String> folders = super.listFolders(bucket, prefix, after).items();
      return folders.size() > size
          ? new Page<>(folders.subList(0, size), folders.get(size - 1).replaceAll("/$", "0"))
          : new Page<>(folders, null);
    }
  }
}
