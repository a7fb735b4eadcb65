package io.tapline.job;

import static io.tapline.clevertap.ScriptedApi.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapline.aws.ForwardingStore;
import io.tapline.aws.ObjectStore;
import io.tapline.aws.ObjectVersion;
import io.tapline.aws.Page;
import io.tapline.clevertap.ScriptedApi;
import io.tapline.ledger.Outcome;
import io.tapline.ledger.RowCounts;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read of a chunk before it is pushed is read at once. */
@Timeout(60)
class PushReadsTest {

  private static final String SKIPPING = ",\"skipOnInvalidRecord\":true";
  private static final String EVENTS = "\"target\":\"USER_EVENTS\"" + SKIPPING;
  private static final String PROFILES =
      "\"target\":\"USER_PROFILES\",\"operation\":\"UPLOAD_USER_PROFILES\"" + SKIPPING;

  private final StagedJob job = new StagedJob();

  // Outcome, stop and chunk; and the notes of earlier receives where there may be some.
  @ParameterizedTest(name = "{0}, receive {1}: {2} reads")
  @CsvSource({"profiles, 1, 4", "profiles, 2, 4", "events, 1, 3", "events, 2, 4"})
  void noReadWaitsForAnother(String kind, int receives, int reads) {
    job.open(kind.equals("events") ? EVENTS : PROFILES, 2);

    PushResult result = push(new MeetingStore(job.parts().store(), reads), receives);

    assertThat(result).isInstanceOf(PushResult.Done.class);
    assertThat(job.outcome().rows()).isEqualTo(new RowCounts(2, 2, 0, 0, 0, 0, 0));
  }

  @Test
  void aReadThatFailsFailsThePush() {
    job.open(PROFILES, 2);
    IllegalStateException broken = new IllegalStateException("S3 is gone");

    assertThatThrownBy(() -> push(new BrokenStore(job.parts().store(), "chunks/", broken), 1))
        .isSameAs(broken);
  }

  @ParameterizedTest(name = "without {0}")
  @ValueSource(strings = {"/chunks/", "/job.json", "/stopped.json"})
  void aChunkWithAnOutcomeNeedsNoOtherRead(String part) {
    job.open(PROFILES, 2);
    push(job.parts().store(), 1);
    Outcome outcome = job.outcome();
    IllegalStateException gone = new IllegalStateException("gone");

    PushResult result = push(new BrokenStore(job.parts().store(), part, gone), 2);

    assertThat(result).isInstanceOf(PushResult.Done.class);
    assertThat(job.outcome()).isEqualTo(outcome);
  }

  private PushResult push(ObjectStore store, int receives) {
    ScriptedApi api =
        new ScriptedApi(List.of(answer(200, "{\"status\":\"success\",\"processed\":2}")));
    return job.push(api, store, Installation.newReads(), receives);
  }

  /** Lets no read of a chunk or its run go on until so many have begun. */
  private static final class MeetingStore extends ForwardingStore {

    private final CountDownLatch missing;

    MeetingStore(ObjectStore store, int reads) {
      super(store);
      this.missing = new CountDownLatch(reads);
    }

    private void meet(String key) {
      if (!key.contains("/chunks/") && !key.contains("/runs/")) {
        return;
      }
      missing.countDown();
      try {
        if (!missing.await(30, TimeUnit.SECONDS)) {
          throw new IllegalStateException("a read waits for another one");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }

    @Override
    public Optional<byte[]> get(String bucket, String key) {
      meet(key);
      return super.get(bucket, key);
    }

    @Override
    public Optional<ObjectVersion> head(String bucket, String key, @Nullable String versionId) {
      meet(key);
      return super.head(bucket, key, versionId);
    }

    @Override
    public Page<String> list(String bucket, String prefix, @Nullable String after) {
      meet(prefix);
      return super.list(bucket, prefix, after);
    }
  }

  /** Fails to read some keys. */
  private static final class BrokenStore extends ForwardingStore {

    private final String part;
    private final RuntimeException failure;

    BrokenStore(ObjectStore store, String part, RuntimeException failure) {
      super(store);
      this.part = part;
      this.failure = failure;
    }

    @Override
    public Optional<byte[]> get(String bucket, String key) {
      if (key.contains(part)) {
        throw failure;
      }
      return super.get(bucket, key);
    }
  }
}
