package io.tapline.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tapline.local.Pushes.Pushed;
import io.tapline.sync.RecordKind;
import io.tapline.sync.SyncLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The recipes work: the rows of each are pushed with its sync, and CleverTap gets what the page
 * shows. A recipe has a block of JSON with its sync, one with its rows, and one with the records.
 */
class RecipesPageTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final DocPage PAGE = DocPage.of("docs/recipes.md");

  @TempDir private Path folder;

  private record Recipe(String title, String text) {

    String sync() {
      return DocPage.blocks(text, "json").getFirst();
    }

    /** The ending of the file that has the rows. */
    String type() {
      return DocPage.blocks(text, "jsonl").isEmpty() ? "csv" : "jsonl";
    }

    String rows() {
      return DocPage.blocks(text, type()).getFirst();
    }

    @Override
    public String toString() {
      return title;
    }
  }

  static Stream<Recipe> recipes() {
    return PAGE.sections().entrySet().stream().map(s -> new Recipe(s.getKey(), s.getValue()));
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void sendsWhatThePageShows(Recipe recipe) throws IOException {
    Pushes pushes = new Pushes(folder);
    pushes.write("export." + recipe.type(), recipe.rows().getBytes(UTF_8));
    pushes.write("sync.json", recipe.sync().getBytes(UTF_8));

    Pushed pushed =
        pushes.push(
            "export." + recipe.type(),
            "sync.json",
            List.of("--clevertap", "stand-in", "--record", pushes.path("requests")));

    assertThat(pushed.exitCode()).as(pushed.output()).isZero();
    List<String> lists = DocPage.blocks(recipe.text, "text");
    if (lists.isEmpty()) {
      assertThat(records())
          .containsExactlyInAnyOrderElementsOf(
              JSON.readTree(DocPage.blocks(recipe.text, "json").get(1)));
    } else {
      assertThat(Files.readString(folder.resolve("requests")))
          .contains("\"bytes\":" + lists.getFirst().length());
    }
  }

  /** Those of all calls, whatever the calls have around them. */
  private List<JsonNode> records() throws IOException {
    List<JsonNode> records = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve("requests"))) {
      JsonNode body = JSON.readTree(line).path("body");
      body.path("d").forEach(records::add);
      body.path("identities").forEach(records::add);
    }
    return records;
  }

  @Test
  void hasOneForEachWay() {
    assertThat(
            recipes()
                .map(recipe -> SyncLoader.load("test", recipe.sync().getBytes(UTF_8), "here"))
                .map(sync -> sync.kind()))
        .contains(RecordKind.values());
  }

  @Test
  void theQuickStartShowsWhatInitDoes() throws IOException {
    Pushes pushes = new Pushes(folder);
    Map<String, String> sections = DocPage.of("docs/quick-start.md").sections();
    String own = sections.get("Your own file");
    pushes.write("customers.csv", DocPage.blocks(own, "csv").getFirst().getBytes(UTF_8));

    Pushed init =
        pushes.run(
            List.of("init", pushes.path("customers.csv"), "--out", pushes.path("customers.json")));
    Pushed pushed = pushes.push("customers.csv", "customers.json", List.of());

    assertThat(init.output().replace(folder + "/", ""))
        .isEqualTo(DocPage.blocks(own, "text").getFirst());
    assertThat(folder.resolve("customers.json")).hasContent(DocPage.blocks(own, "json").getFirst());
    assertThat(pushed.exitCode()).isEqualTo(3);
    assertThat(pushed.report().path("rows").path("accepted").asInt()).isEqualTo(2);
    assertThat(pushed.report().path("reasons").path(0).path("code").asText()).isEqualTo("516");
  }
}
