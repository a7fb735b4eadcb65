package io.tapline.local.standin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestLogTest {

  private static final String GOOD = Caller.profile("u1");
  private static final String BAD = Caller.profile("none");

  @TempDir private Path folder;

  private StandIn start(String faults) {
    return StandIn.start(
        StandInOptions.builder()
            .faults(Faults.parse(faults))
            .requestLog(folder.resolve("requests.jsonl"))
            .build());
  }

  private List<JsonNode> lines() throws Exception {
    return Files.readAllLines(folder.resolve("requests.jsonl")).stream().map(Caller::json).toList();
  }

  @Test
  void holdsTheWholeRequestButThePasscode() throws Exception {
    String body = "{\n\"d\": [\r\n" + GOOD + ",\n" + BAD + "]\n}\n";
    try (StandIn standIn = start("")) {
      Caller caller = new Caller(standIn);
      caller.send(caller.call("/1/upload?a=b"), body);
    }
    assertThat(lines()).hasSize(1);
    JsonNode line = lines().getFirst();
    assertThat(line.get("method").asText()).isEqualTo("POST");
    assertThat(line.get("path").asText()).isEqualTo("/1/upload?a=b");
    assertThat(line.get("body")).isEqualTo(Caller.json(body));
    assertThat(line.at("/headers/X-CleverTap-Account-Id").asText()).isEqualTo("STAND-IN");
    assertThat(line.get("headers").propertyStream().map(Map.Entry::getKey))
        .contains("Content-Type")
        .doesNotContain("X-CleverTap-Passcode");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "some accepted,          '',            good bad, /1/upload,          1",
    "none accepted,          '',            bad,      /1/upload,          0",
    "no records,             '',            '',       /1/upload,          0",
    "a dry run,              '',            good,     /1/upload?dryRun=1, 0",
    "reply lost,             500-after=1,   good,     /1/upload,          1",
    "reply lost by a reset,  reset-after=1, good,     /1/upload,          1",
    "failed before,          500-before=1,  good,     /1/upload,          0",
  })
  void holdsRequestsOfWhichSomethingWasAccepted(
      String rule, String faults, String records, String target, int lines) throws Exception {
    String[] batch =
        records.isEmpty()
            ? new String[0]
            : records.replace("good", GOOD).replace("bad", BAD).split(" ");
    try (StandIn standIn = start(faults)) {
      Caller caller = new Caller(standIn);
      try {
        caller.send(caller.call(target), Caller.batch(batch));
      } catch (IOException e) {
        assertThat(faults).startsWith("reset");
      }
    }
    assertThat(lines()).hasSize(lines);
  }

  @Test
  void keepsLinesWholeWhenManyWrite() throws Exception {
    try (StandIn standIn = start("");
        ExecutorService threads = Executors.newFixedThreadPool(8)) {
      Caller caller = new Caller(standIn);
      List<Future<?>> calls = new ArrayList<>();
      IntStream.range(0, 40)
          .mapToObj(i -> "é".repeat(i * 100))
          .forEach(
              padding -> calls.add(threads.submit(() -> caller.upload(GOOD, padded(padding)))));
      for (Future<?> call : calls) {
        call.get();
      }
    }
    assertThat(lines()).hasSize(40).allSatisfy(line -> assertThat(line.at("/body/d")).hasSize(2));
  }

  private static String padded(String padding) {
    return "{\"type\":\"profile\",\"identity\":\"u2\",\"profileData\":{\"x\":\"" + padding + "\"}}";
  }

  @Test
  void holdsNoFileButItsSize() throws Exception {
    Path file = folder.resolve("requests.jsonl");
    try (RequestLog log = new RequestLog(file)) {
      log.addFile(new RequestHead("PUT", "/list?X-Amz-Signature=1", Map.of("A", "b")), 5L << 30);
      log.add(new Request(new RequestHead("POST", "/get", Map.of()), new byte[0]));
    }
    assertThat(Files.readAllLines(file))
        .containsExactly(
            """
            {"method":"PUT","path":"/list","headers":{"A":"b"},"bytes":5368709120}\
            """,
            "{\"method\":\"POST\",\"path\":\"/get\",\"headers\":{},\"body\":null}");
  }

  @Test
  void saysThatItCantBeWritten() {
    StandInOptions options = StandInOptions.builder().requestLog(folder).build();
    assertThatThrownBy(() -> StandIn.start(options))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("can't be recorded");
  }
}
