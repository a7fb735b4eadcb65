package io.tapline.job;

import static io.tapline.clevertap.ScriptedApi.answer;
import static io.tapline.job.Scene.EVENTS;
import static io.tapline.job.Scene.KEY;
import static io.tapline.job.Scene.SKIPPING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.tapline.aws.MemoryQueue.Received;
import io.tapline.aws.MessageQueue;
import io.tapline.chunk.ChunkMessage;
import io.tapline.clevertap.CallTimes;
import io.tapline.clevertap.Reply;
import io.tapline.job.CountingStore.Requests;
import io.tapline.ledger.Job;
import io.tapline.ledger.Ledger;
import io.tapline.ledger.Mark;
import io.tapline.report.Report;
import io.tapline.report.Report.Status;
import io.tapline.sync.Connection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * How many requests each step makes of S3 and SQS where nothing goes wrong: from these numbers
 * {@code docs/operations.md} works out what a million rows cost.
 */
class RequestCountTest {

  private static final int ROWS = 6_000;
  private static final int LANES = 5;
  private static final int CHUNKS_PER_LANE = 2;
  private static final int CHUNKS = LANES * CHUNKS_PER_LANE;

  private final Scene scene = new Scene();
  private final CountingStore counted = new CountingStore(scene.parts().store());
  private final CountingQueue queue = new CountingQueue(scene.parts().queue());
  private final Installation installation =
      new Installation(
          counted,
          new Ledger(counted, MemoryInstallation.WORK_BUCKET),
          queue,
          scene.installation().connections(),
          RequestCountTest::takeAll,
          scene.parts().clock());
  private final Push push = new Push(installation, StagedJob.MAX_RECEIVES);
  private final Finish finish = new Finish(installation, Duration.ZERO);

  @Test
  void anExportThatIsOpened() {
    open(SKIPPING, 0);

    assertThat(counted.take()).isEqualTo(new Requests(5, 1, 3));
  }

  /** A PUT for each chunk; and one for the mark, one for the types that were learned. */
  @Test
  void anExportThatIsStaged() {
    Job job = open(SKIPPING, 0);
    counted.take();

    Mark staged = stage(job);

    assertThat(staged.totalChunks()).isEqualTo(CHUNKS);
    assertThat(counted.take()).isEqualTo(new Requests(2, 4, CHUNKS + 2));
  }

  /** A message of each lane goes in one batch. */
  @Test
  void aJobThatIsReleased() {
    Job job = open(SKIPPING, 0);
    Mark staged = stage(job);
    counted.take();

    new Release(installation).release(job, staged, 1, 0);

    assertThat(queue.batches).isEqualTo(CHUNKS_PER_LANE);
    assertThat(counted.take()).isEqualTo(new Requests(4, 3, 2));
  }

  static Stream<Arguments> receives() {
    return Stream.of(
        // GET: outcome, stop and notes, none of which is there, and the chunk. PUT: the outcome.
        arguments("profiles", SKIPPING, new Requests(4, 0, 1)),
        // The call is noted before it is made; on the first receive nobody looks for notes.
        arguments("events", EVENTS, new Requests(3, 0, 2)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("receives")
  void aChunkThatIsPushed(String what, String settings, Requests each) {
    release(open(settings, 0));
    counted.take();

    assertThat(receive()).isTrue();
    // The first one reads the job, and the mark at which staging ended.
    assertThat(counted.take()).isEqualTo(each.plus(new Requests(2, 1, 0)));
    int pushed = 1;
    while (receive()) {
      pushed++;
    }

    assertThat(pushed).isEqualTo(CHUNKS);
    assertThat(counted.take()).isEqualTo(each.times(CHUNKS - 1));
  }

  /**
   * A GET for each chunk; where rows were rejected, the outcome once more and the chunk, and a PUT
   * of their file.
   */
  @ParameterizedTest(name = "{0}: {2} GET a chunk")
  @CsvSource({"COMPLETED, 0, 1, 3", "COMPLETED_WITH_REJECTIONS, 20, 3, 4"})
  void aJobThatIsClosed(Status status, int badRowEach, int getsPerChunk, int puts) {
    release(open(SKIPPING, badRowEach));
    while (receive()) {
      counted.take();
    }

    List<Report> closed = finish();

    assertThat(closed).extracting(Report::status).containsExactly(status);
    assertThat(counted.take()).isEqualTo(new Requests(7 + getsPerChunk * CHUNKS, 6, puts));
  }

  /** With a LIST more for each thousand outcomes. */
  @Test
  void aMinuteOfAJobUnderWay() {
    release(open(SKIPPING, 0));
    receive();
    counted.take();

    assertThat(finish()).isEmpty();

    assertThat(counted.take()).isEqualTo(new Requests(6, 5, 0));
  }

  @Test
  void aMinuteWithoutAJob() {
    assertThat(finish()).isEmpty();

    assertThat(counted.take()).isEqualTo(new Requests(0, 1, 0));
  }

  /**
   * A GET for each sync, a LIST for each of their prefixes, and one more for each thousand exports
   * or claims.
   */
  @Test
  void aSweepThatFindsNothing() {
    release(open(SKIPPING, 0));
    while (receive()) {
      counted.take();
    }
    finish();
    scene.parts().clock().sleep(Duration.ofDays(1));
    counted.take();

    new Sweep(installation, Scene.BUCKET)
        .sweep(scene.unlimited(), found -> assertThat(found).isNull());

    assertThat(counted.take()).isEqualTo(new Requests(1, 5, 0));
  }

  /**
   * Opens a job.
   *
   * @param badRowEach of so many rows one is bad; 0: none is
   */
  private Job open(String settings, int badRowEach) {
    scene.sync(settings);
    String rows =
        IntStream.range(0, ROWS)
            .mapToObj(
                i -> "u-%d,%s,Viewed\n".formatted(i, isBad(i, badRowEach) ? "1" : "+14155551234"))
            .collect(Collectors.joining("", "identity,phone,evtName\n", ""));
    scene.put(KEY, rows);
    return ((Opened.Open) new Opening(installation).open(Scene.arrival(KEY))).job();
  }

  private static boolean isBad(int row, int badRowEach) {
    return badRowEach > 0 && row % badRowEach == 0;
  }

  private Mark stage(Job job) {
    return new Staging(installation).stage(job, scene.unlimited()).orElseThrow();
  }

  private void release(Job job) {
    new Release(installation).release(job, stage(job), 1, 0);
  }

  /** Plays the queue and the worker for one message; false when there is none. */
  private boolean receive() {
    Optional<Received> received = scene.parts().queue().receive();
    received.ifPresent(
        message -> {
          ChunkMessage chunk = ChunkMessage.parse(message.message().body());
          assertThat(push.push(chunk, message.receives(), scene.unlimited(), new CallTimes()))
              .isInstanceOf(PushResult.Done.class);
          scene.parts().queue().delete(message.receiptHandle());
        });
    return received.isPresent();
  }

  private List<Report> finish() {
    List<Report> closed = new ArrayList<>();
    finish.finish(scene.unlimited(), run -> closed.add(run.report()));
    return closed;
  }

  private static Reply takeAll(Connection connection, String path, byte[] json, Duration timeout) {
    int records = new String(json, StandardCharsets.UTF_8).split("\"type\":", -1).length - 1;
    return answer(
        200, "{\"status\":\"success\",\"processed\":%d,\"unprocessed\":[]}".formatted(records));
  }

  /** Counts batches. */
  private static final class CountingQueue implements MessageQueue {

    private final MessageQueue queue;
    private int batches;

    CountingQueue(MessageQueue queue) {
      this.queue = queue;
    }

    @Override
    public List<Message> send(List<Message> batch) {
      batches++;
      return queue.send(batch);
    }

    @Override
    public void changeVisibility(String receiptHandle, Duration timeout) {
      queue.changeVisibility(receiptHandle, timeout);
    }
  }
}
