package io.tapline.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person sees of a push that gets nothing through, for as long as it tries. */
class WaitingTest {

  private static final String SYNC =
      Pushes.sync("\"retry\": {\"attempts\": 1, \"callTimeout\": \"1s\"}");

  private static final String NOBODY =
      """
      {"accountId": "A", "passcode": "p", "baseUrl": "http://127.0.0.1:1"}
      """;

  @TempDir private Path folder;

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          too many calls | --faults 429=1         | HTTP 429, too many calls at once
          not available  | --faults 503=1         | HTTP 503, CleverTap is not available
          an error       | --faults 500-before=1  | HTTP 500, an error of CleverTap's
          no answer      | --faults hang-before=1 | no answer from 127.0.0.1 within 1000 ms
          no connection  |                        | no connection to 127.0.0.1 (nothing answers there)
          """)
  void tellsWhyItWaits(String rule, String options, String reason) throws Exception {
    MessageScene scene = new MessageScene(folder);
    scene.file("sync.json", options == null ? SYNC.replace("stand-in", "nobody") : SYNC);
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "push",
                scene.path("good.csv").toString(),
                "--sync",
                scene.path("sync.json").toString()));
    if (options != null) {
      arguments.addAll(List.of(options.split(" ")));
    }

    try (ChildCommand push =
        ChildCommand.tapline(
            folder,
            Map.of("TAPLINE_CONNECTION_NOBODY", NOBODY),
            arguments.toArray(String[]::new))) {
      while (push.isAlive() && !push.output().contains("the next try is in")) {
        Thread.sleep(100);
      }
      String waiting = "waiting: " + reason + "; the next try is in";
      assertThat(push.output()).contains(waiting);
      MessageRules.assertShowsNoInside(waiting);
    }
  }
}
