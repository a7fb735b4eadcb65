package io.tapline.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.tapline.aws.EventBus;
import io.tapline.aws.MemoryDeadLetters;
import io.tapline.aws.MessageQueue.Message;
import io.tapline.clevertap.HttpCleverTapApi;
import io.tapline.finalizer.FinalizerHandler;
import io.tapline.function.TestContext;
import io.tapline.job.Installation;
import io.tapline.job.MemoryInstallation;
import io.tapline.local.standin.Faults;
import io.tapline.local.standin.StandIn;
import io.tapline.local.standin.StandInOptions;
import io.tapline.report.Report;
import io.tapline.report.ReportPage;
import io.tapline.report.ReportText;
import io.tapline.splitter.SplitterHandler;
import io.tapline.sync.Connection;
import io.tapline.worker.WorkerHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Personal data lives in the two buckets only, and secrets nowhere. Each sample goes through the
 * real functions, smoothly and with all that can go wrong, and no value of it is found in what was
 * logged, printed, queued, answered or thrown.
 */
class NothingPersonalTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Path SAMPLES = Path.of("../samples");
  private static final String WORK = "tapline-work";
  private static final int RECEIVES = 6;

  /** Shorter ones are found in anything. */
  private static final int SHORTEST = 6;

  /** Words that a page has whatever was pushed, or says of a code. */
  private static final String OURS =
      ReportPage.of(MadeUpReports.everything(), "rejects.csv") + text(Path.of("../docs/codes.md"));

  private final MemoryDeadLetters letters = new MemoryDeadLetters();
  private final MemoryInstallation parts = new MemoryInstallation();
  private final TestContext context = new TestContext(600_000);
  private final StringWriter thrown = new StringWriter();
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream out = System.out;
  private final PrintStream err = System.err;

  @BeforeEach
  void capture() {
    PrintStream stream = new PrintStream(printed, true, UTF_8);
    System.setOut(stream);
    System.setErr(stream);
  }

  @AfterEach
  void release() {
    System.setOut(out);
    System.setErr(err);
  }

  static Stream<Arguments> pushes() throws IOException {
    JsonNode samples = JSON.readTree(SAMPLES.resolve("expected.json").toFile());
    return samples.properties().stream()
        .flatMap(
            sample ->
                Stream.of(
                        "",
                        "429=0.2,503=0.2,500-after=0.2,reset-after=0.1,reset-before=0.1",
                        "555=0.05x9,partial=0.1:515,unnumbered=0.5,miscount=0.3",
                        "400=1",
                        "401=1",
                        "reset-after=1")
                    .map(
                        faults ->
                            Arguments.of(
                                sample.getKey(), sample.getValue().path("sync").asText(), faults)));
  }

  @ParameterizedTest(name = "{0} with faults {2}")
  @MethodSource("pushes")
  void noValueOfASampleLeavesTheBuckets(String sample, String sync, String faults)
      throws IOException {
    byte[] settings = Files.readAllBytes(SAMPLES.resolve(sync));
    Set<String> personal = values(sample, new String(settings, UTF_8));
    assertThat(personal).hasSizeGreaterThan(20);
    StringBuilder seen = new StringBuilder();
    StandInOptions options = StandInOptions.builder().faults(Faults.parse(faults)).build();
    Connection connection;
    try (StandIn standIn = StandIn.start(options)) {
      StandInConnections connections = new StandInConnections(standIn);
      connection = connections.get("stand-in");
      Installation installation =
          new Installation(
              parts.store(),
              parts.ledger(),
              parts.queue(),
              connections,
              new HttpCleverTapApi(parts.clock()),
              parts.clock());
      letters.add(String.join(",", personal)); // somebody else's message may hold anything
      seen.append(push(installation, sample, sync, settings));
    }
    context.all().forEach(line -> seen.append(line).append('\n'));
    parts.queue().messages().forEach(message -> seen.append(message).append('\n'));
    seen.append(thrown).append(printed.toString(UTF_8));

    String text = seen.toString();
    assertThat(context.lines()).isNotEmpty();
    assertThat(text).doesNotContain(connection.passcode(), "X-Amz-Signature", "presigned");
    assertThat(personal.stream().filter(text::contains)).as(text).isEmpty();
    String page = reports("/report.html");
    assertThat(personal.stream().filter(page::contains).filter(value -> !OURS.contains(value)))
        .isEmpty();
    if (faults.isEmpty()) {
      assertThat(page).isNotEmpty();
      // They can be found: in the work bucket, where they belong.
      assertThat(personal).anyMatch(reports("/rejects.")::contains);
    }
  }

  /** Lets the functions at a sample until its report is there, or nothing moves any more. */
  private String push(Installation installation, String sample, String sync, byte[] settings)
      throws IOException {
    parts.ledger().putSyncFile(sync.replace(".json", ""), settings);
    String key = JSON.readTree(settings).path("prefix").asText() + "a/" + sample;
    parts.store().put("exports", key, Files.readAllBytes(SAMPLES.resolve(sample)));
    SplitterHandler splitter =
        new SplitterHandler("test", installation, "exports", (name, event) -> {});
    WorkerHandler worker = new WorkerHandler("test", installation, RECEIVES);
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    // A name of ours in the event, and a value of a sample.
    EventBus bus =
        (type, detail) -> answer.writeBytes(detail.replace("\"unknown\":", "").getBytes(UTF_8));
    FinalizerHandler finalizer =
        new FinalizerHandler("test", installation, letters, bus, Duration.ZERO);

    byte[] event = SplitterEvents.objectCreated("exports", key, "");
    tell(() -> splitter.handleRequest(new ByteArrayInputStream(event), answer, context));
    for (int pass = 0; pass < 3; pass++) {
      tell(() -> answer.writeBytes(JSON.writeValueAsBytes(finish(finalizer))));
      for (Message message : parts.queue().messages()) {
        deliver(worker, message, answer);
      }
      parts.clock().sleep(Duration.ofMinutes(20));
    }
    assertThat(parts.store().list(WORK, "claims/", null).items()).hasSize(1);
    return answer.toString(UTF_8) + reportText(sync);
  }

  private Map<String, List<String>> finish(FinalizerHandler finalizer) {
    return finalizer.handleRequest(Map.of(), context);
  }

  private void deliver(WorkerHandler worker, Message message, ByteArrayOutputStream answers) {
    for (int receive = 1; receive <= RECEIVES; receive++) {
      SQSEvent event = event(message, receive);
      List<Boolean> done = new ArrayList<>();
      tell(
          () -> {
            var response = worker.handleRequest(event, context);
            answers.writeBytes(JSON.writeValueAsBytes(response));
            done.add(response.getBatchItemFailures().isEmpty());
          });
      if (done.equals(List.of(true))) {
        return;
      }
    }
  }

  private static SQSEvent event(Message message, int receive) {
    SQSMessage received = new SQSMessage();
    received.setMessageId(message.deduplicationId());
    received.setReceiptHandle(message.deduplicationId());
    received.setBody(message.body());
    received.setAttributes(
        Map.of(
            "ApproximateReceiveCount",
            Integer.toString(receive),
            "MessageGroupId",
            message.group()));
    SQSEvent event = new SQSEvent();
    event.setRecords(List.of(received));
    return event;
  }

  /** What the command prints of the job. */
  private String reportText(String sync) {
    String jobs = "jobs/" + sync.replace(".json", "") + "/";
    return parts.store().list(WORK, jobs, null).items().stream()
        .filter(key -> key.endsWith("/report.json"))
        .map(key -> ReportText.of(Report.parse(parts.store().get(WORK, key).orElseThrow())))
        .reduce("", String::concat);
  }

  private String reports(String name) {
    return parts.store().list(WORK, "jobs/", null).items().stream()
        .filter(key -> key.contains(name))
        .map(key -> new String(parts.store().get(WORK, key).orElseThrow(), UTF_8))
        .collect(Collectors.joining());
  }

  /** Runs a function, whose failure Lambda would log whole. */
  private void tell(Step step) {
    try {
      step.run();
    } catch (Exception e) {
      e.printStackTrace(new PrintWriter(thrown, true));
    }
  }

  private interface Step {
    void run() throws Exception;
  }

  /** All values of a sample but those that are words of its own settings and columns. */
  static Set<String> values(String sample, String settings) throws IOException {
    List<String> values = new ArrayList<>();
    String text = text(sample);
    String ours = settings;
    if (sample.contains(".jsonl")) {
      text.lines().forEach(line -> addValues(line, values));
    } else {
      List<List<String>> rows = new ArrayList<>();
      String delimiter = JSON.readTree(settings).at("/format/delimiter").asText(",");
      CsvReader.builder()
          .fieldSeparator(delimiter.charAt(0))
          .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
          .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
          .ofCsvRecord(text)
          .forEach(row -> rows.add(row.getFields()));
      ours += rows.removeFirst();
      rows.forEach(values::addAll);
    }
    Set<String> personal = new TreeSet<>(new HashSet<>(values));
    String words = ours;
    personal.removeIf(value -> value.length() < SHORTEST || words.contains(value));
    return personal;
  }

  private static void addValues(String line, List<String> values) {
    try {
      addValues(JSON.readTree(line), values);
    } catch (IOException e) {
      values.addAll(Arrays.asList(line, line.strip()));
    }
  }

  private static void addValues(JsonNode node, List<String> values) {
    if (node.isContainerNode()) {
      node.forEach(child -> addValues(child, values));
    } else {
      values.add(node.asText());
    }
  }

  private static String text(Path page) {
    try {
      return Files.readString(page);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(String sample) throws IOException {
    try (InputStream file = Files.newInputStream(SAMPLES.resolve(sample));
        InputStream text = sample.endsWith(".gz") ? new GZIPInputStream(file) : file) {
      return new String(text.readAllBytes(), UTF_8);
    }
  }
}
