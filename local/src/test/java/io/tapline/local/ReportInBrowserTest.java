package io.tapline.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapline.local.Browser.Loaded;
import io.tapline.local.Browser.View;
import io.tapline.report.Report;
import io.tapline.report.ReportPage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/**
 * {@code report.html} in a real browser: that of the machine, without a window. Where there is none
 * these tests are skipped.
 */
class ReportInBrowserTest {

  private static final String PUSHED = "/pushed.html";
  private static final String EVERYTHING = "/everything.html";
  private static final String GOOD = "/good.html";

  @TempDir private static Path folder;

  private static @Nullable Browser started;
  private static @Nullable PageServer server;

  @BeforeAll
  static void start() throws IOException {
    started = Browser.start(folder.resolve("browser")).orElse(null);
    assumeTrue(started != null, "no chromium with a chromedriver is installed");
    push(folder.resolve("out"));
    server =
        new PageServer(
            Map.of(
                PUSHED, Files.readAllBytes(folder.resolve("out/report.html")),
                EVERYTHING, page(MadeUpReports.everything()),
                GOOD, page(MadeUpReports.good())));
  }

  @AfterAll
  static void stop() {
    if (started != null) {
      started.close();
    }
    if (server != null) {
      server.close();
    }
  }

  private static byte[] page(Report report) {
    return ReportPage.of(report, "rejects.csv").getBytes(UTF_8);
  }

  private static void push(Path out, String... options) {
    StringWriter output = new StringWriter();
    CommandLine tapline = Main.commandLine();
    tapline.setOut(new PrintWriter(output)).setErr(new PrintWriter(output));
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "push",
                "../samples/profiles.csv.gz",
                "--sync",
                "../samples/profiles.json",
                "--work",
                out.resolveSibling(out.getFileName() + "-work").toString(),
                "--out",
                out.toString()));
    arguments.addAll(Arrays.asList(options));
    assertThat(tapline.execute(arguments.toArray(String[]::new)))
        .as(output.toString())
        .isEqualTo(3);
  }

  private static Browser browser() {
    return Objects.requireNonNull(started);
  }

  private static Loaded show(String page, View view) {
    return browser().show(Objects.requireNonNull(server).url(page), view);
  }

  static Stream<Arguments> pagesInViews() {
    return Stream.of(PUSHED, EVERYTHING, GOOD)
        .flatMap(page -> Arrays.stream(View.values()).map(view -> Arguments.of(page, view)));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("pagesInViews")
  void isAccessibleAndFits(String page, View view) {
    Loaded loaded = show(page, view);

    assertThat(loaded.console()).isEmpty();
    assertThat(browser().run("return document.documentElement.scrollWidth").asInt())
        .isLessThanOrEqualTo(view.width());
    assertThat(browser().violations()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {PUSHED, EVERYTHING, GOOD})
  void asksForNothingButItself(String page) {
    PageServer pages = Objects.requireNonNull(server);
    pages.takeAsked();

    Loaded loaded = show(page, View.DESK);

    assertThat(loaded.requests()).contains(pages.url(page)).isSubsetOf(pages.url(page), "data:,");
    assertThat(pages.takeAsked()).containsExactly(page);
  }

  @Test
  void hasTheSumsOfTheJson() throws IOException {
    Report report = Report.parse(Files.readAllBytes(folder.resolve("out/report.json")));
    show(PUSHED, View.DESK);

    JsonNode counts =
        browser()
            .run(
                """
                return Object.fromEntries([...document.querySelectorAll('[data-count]')].map(
                    e => [e.dataset.count, Number(e.textContent.replaceAll(',', ''))]))
                """);
    assertThat(counts.path("read").asLong()).isEqualTo(report.rows().read());
    assertThat(counts.path("accepted").asLong()).isEqualTo(report.rows().accepted());
    assertThat(counts.path("rejected").asLong()).isEqualTo(report.rows().rejected());
    assertThat(counts.path("refused").asLong()).isEqualTo(report.rows().refused());
    assertThat(counts).hasSize(4);
    assertThat(browser().run("return document.querySelector('#reasons + p + ol').children.length"))
        .hasToString(String.valueOf(report.reasons().size()));
  }

  @ParameterizedTest
  @ValueSource(strings = {PUSHED, EVERYTHING})
  void isDarkInTheDark(String page) {
    String colour = "return getComputedStyle(document.body).backgroundColor";
    show(page, View.DESK);
    JsonNode light = browser().run(colour);
    show(page, View.DESK_AT_NIGHT);

    assertThat(light).hasToString("\"rgb(248, 248, 246)\"");
    assertThat(browser().run(colour)).hasToString("\"rgb(20, 23, 26)\"");
  }

  @Test
  void hasNamesForScreenReaders() {
    show(EVERYTHING, View.DESK);

    assertThat(browser().spoken())
        .contains(
            "banner",
            "main",
            "contentinfo",
            "heading The run was stopped before it was through.",
            "list Health, by the share delivered",
            "table What became of the rows that were read",
            "rowheader Refused by CleverTap",
            "image Rows decided over time",
            "image Calls to CleverTap over time",
            "region How each column is sent",
            "list First rows");
    assertThat(
            browser()
                .run(
                    """
                    const levels = [...document.querySelectorAll('h1,h2,h3,h4,h5,h6')]
                        .map(e => Number(e.tagName[1]));
                    return levels.filter(level => level === 1).length === 1
                        && levels.every((level, i) => i === 0 ? level === 1
                            : level <= levels[i - 1] + 1);
                    """)
                .asBoolean())
        .isTrue();
    assertThat(
            browser()
                .run("return [...document.querySelectorAll('table')].every(t => t.caption)")
                .asBoolean())
        .isTrue();
  }

  @Test
  void isReachedByTheKeyboard() {
    show(EVERYTHING, View.PHONE);
    assertThat(focused()).isEqualTo("BODY");

    browser().tab();
    assertThat(focused()).isEqualTo("SUMMARY The figures as a table");
    assertThat(browser().run("return getComputedStyle(document.activeElement).outlineStyle"))
        .hasToString("\"solid\"");
    browser().enter();
    browser().tab();
    assertThat(focused()).isEqualTo("DIV time-table");
    browser().tab();
    assertThat(focused()).isEqualTo("DIV columns-table");
  }

  private static String focused() {
    return browser()
        .run(
            """
            const e = document.activeElement;
            return (e.tagName + ' ' + (e.getAttribute('aria-labelledby')
                || (e === document.body ? '' : e.textContent))).trim();
            """)
        .asText();
  }

  /** The pictures of the docs, of a push that takes some seconds and meets some throttles. */
  @Test
  @EnabledIfSystemProperty(named = "tapline.pictures", matches = ".+")
  void takesPictures() throws IOException {
    push(folder.resolve("slow"), "--faults", "latency=700ms,429=0.5");
    byte[] page = Files.readAllBytes(folder.resolve("slow/report.html"));
    try (PageServer pages = new PageServer(Map.of("/report.html", page))) {
      Path pictures = Files.createDirectories(Path.of(System.getProperty("tapline.pictures")));
      browser().show(pages.url("/report.html"), View.DESK);
      Files.write(pictures.resolve("report-desk.png"), browser().picture(View.DESK, "html", 1150));
      Files.write(pictures.resolve("report-time.png"), browser().picture(View.DESK, "#next", 900));
      browser().show(pages.url("/report.html"), View.PHONE_AT_NIGHT);
      Files.write(
          pictures.resolve("report-phone.png"),
          browser().picture(View.PHONE_AT_NIGHT, "html", 680));
    }
  }
}
