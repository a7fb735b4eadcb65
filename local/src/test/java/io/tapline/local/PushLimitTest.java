package io.tapline.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapline.local.Pushes.Pushed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pushing the first rows of a file. */
class PushLimitTest {

  @TempDir private Path folder;

  @Test
  void rehearsesWithTheFirstRowsAndThenPushesAll() throws IOException {
    Pushes pushes = pushes();

    Pushed limited = push(pushes, "2");
    Pushed repeated = push(pushes, "2");
    Pushed whole = pushes.push("export.csv", "sync.json", List.of());

    assertThat(limited.exitCode()).as(limited.output()).isZero();
    assertThat(limited.output()).contains("only the first 2 rows are pushed");
    assertThat(limited.report().path("rows").path("read").asInt()).isEqualTo(2);
    assertThat(limited.report().path("export").path("key").asText())
        .endsWith("/first-2-rows/export.csv");
    assertThat(repeated.exitCode()).isEqualTo(2);
    assertThat(repeated.output()).contains("was pushed before");
    assertThat(whole.exitCode()).as(whole.output()).isZero();
    JsonNode report = whole.report();
    assertThat(report.path("rows").path("accepted").asInt()).isEqualTo(3);
    assertThat(report.path("job")).isNotEqualTo(limited.report().path("job"));
    assertThat(pushes.records())
        .extracting(record -> record.path("identity").asText())
        .containsExactlyInAnyOrder("a", "b", "c");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "0,  '--limit is 0; it must be 1 or more'",
    "-5, '--limit is -5; it must be 1 or more'",
    "x,  'Invalid value for option ''--limit'': ''x'' is not a long'",
  })
  void refuses(String limit, String message) throws IOException {
    Pushed refused = push(pushes(), limit);

    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.output()).contains(message);
    assertThat(refused.hasRequests()).isFalse();
  }

  private Pushes pushes() throws IOException {
    Pushes pushes = new Pushes(folder);
    pushes.write("export.csv", "identity,name\na,A\nb,\"B\nB\"\nc,C\n".getBytes(UTF_8));
    pushes.writeSync("sync.json", "\"threadCount\": 1");
    return pushes;
  }

  private static Pushed push(Pushes pushes, String limit) {
    return pushes.push("export.csv", "sync.json", List.of("--limit=" + limit));
  }
}
