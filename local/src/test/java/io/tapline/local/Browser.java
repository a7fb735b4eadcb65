package io.tapline.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.openqa.selenium.Keys;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

/** The machine's Chromium, without a window: it shows a page and tells what became of it. */
final class Browser implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /**
   * Starts it.
   *
   * @param profile an empty folder, for what it keeps
   * @return empty where the machine has no Chromium, or no chromedriver to steer it by
   */
  static Optional<Browser> start(Path profile) {
    Optional<Path> chromium = find("chromium", "chromium-browser", "google-chrome");
    Optional<Path> chromedriver = find("chromedriver");
    if (chromium.isEmpty() || chromedriver.isEmpty()) {
      return Optional.empty();
    }
    ChromeOptions options = new ChromeOptions();
    // Both are named, so that Selenium looks for no other and downloads none.
    options.setBinary(chromium.get().toString());
    options.addArguments(
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--hide-scrollbars",
        "--user-data-dir=" + profile);
    options.setCapability("goog:loggingPrefs", Map.of("performance", "ALL", "browser", "ALL"));
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(chromedriver.get().toFile())
            .usingAnyFreePort()
            .build();
    return Optional.of(new Browser(new ChromeDriver(service, options)));
  }

  private static Optional<Path> find(String... names) {
    List<Path> folders =
        Stream.of(System.getenv("PATH").split(File.pathSeparator)).map(Path::of).toList();
    return Arrays.stream(names)
        .flatMap(name -> folders.stream().map(folder -> folder.resolve(name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Shows a page.
   *
   * @return what it asked for, itself included, and what it wrote to its console
   */
  Loaded show(String url, View view) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of(
            "width", view.width(),
            "height", view.height(),
            "deviceScaleFactor", view.isPhone() ? 2 : 1,
            "mobile", view.isPhone()));
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(
                Map.of(
                    "name", "prefers-color-scheme", "value", view.isDark() ? "dark" : "light"))));
    driver.get("about:blank");
    log(LogType.PERFORMANCE);
    log(LogType.BROWSER);
    driver.get(url);
    List<String> requests =
        log(LogType.PERFORMANCE).stream()
            .map(entry -> read(entry).path("message"))
            .filter(event -> event.path("method").asText().equals("Network.requestWillBeSent"))
            .map(event -> event.at("/params/request/url").asText())
            .toList();
    return new Loaded(requests, log(LogType.BROWSER).stream().map(LogEntry::getMessage).toList());
  }

  private List<LogEntry> log(String type) {
    return driver.manage().logs().get(type).getAll();
  }

  private static JsonNode read(LogEntry entry) {
    try {
      return JSON.readTree(entry.getMessage());
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a script returns that runs in the page. */
  JsonNode run(String script) {
    return JSON.valueToTree(driver.executeScript(script));
  }

  /**
   * What axe-core finds wrong, a line each; what it can't decide about colours, too, but for what
   * is scrolled out of sight.
   *
   * @return empty where the page keeps to WCAG 2.2 AA as far as a program can tell
   */
  List<String> violations() {
    driver.executeScript(axe());
    JsonNode result =
        JSON.valueToTree(
            driver.executeAsyncScript(
                """
                const done = arguments[arguments.length - 1];
                axe.run(document, {preload: false, resultTypes: ['violations', 'incomplete']})
                    .then(result => done(JSON.parse(JSON.stringify({
                        violations: result.violations,
                        undecided: result.incomplete.filter(r => r.id === 'color-contrast'
                            && !r.nodes.every(n => document.querySelector(n.target[0])
                                .closest('.scroll')))}))))
                    .catch(e => done({violations: [{id: String(e), nodes: []}], undecided: []}));
                """));
    List<String> found = new ArrayList<>();
    for (JsonNode rule : concat(result.path("violations"), result.path("undecided"))) {
      found.add(rule.path("id").asText() + ": " + rule.path("help").asText());
      rule.path("nodes")
          .forEach(
              node ->
                  found.add(
                      node.path("html").asText() + " " + node.path("failureSummary").asText()));
    }
    return found;
  }

  private static List<JsonNode> concat(JsonNode first, JsonNode second) {
    List<JsonNode> all = new ArrayList<>();
    first.forEach(all::add);
    second.forEach(all::add);
    return all;
  }

  private static String axe() {
    try (InputStream script =
        Objects.requireNonNull(Browser.class.getResourceAsStream("/axe.min.js"))) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a screen reader is told: role and name of each thing, such as {@code heading Rows}. */
  List<String> spoken() {
    JsonNode tree =
        JSON.valueToTree(driver.executeCdpCommand("Accessibility.getFullAXTree", Map.of()));
    List<String> spoken = new ArrayList<>();
    for (JsonNode node : tree.path("nodes")) {
      if (!node.path("ignored").asBoolean()) {
        spoken.add(
            (node.at("/role/value").asText() + " " + node.at("/name/value").asText()).strip());
      }
    }
    return spoken;
  }

  /** Goes on by the Tab key. */
  void tab() {
    new Actions(driver).sendKeys(Keys.TAB).perform();
  }

  /** Presses the Enter key. */
  void enter() {
    new Actions(driver).sendKeys(Keys.ENTER).perform();
  }

  /**
   * A part of the page as a PNG, as wide as the view.
   *
   * @param selector of what is uppermost
   * @param height in CSS pixels
   */
  byte[] picture(View view, String selector, int height) {
    int top =
        run("return document.querySelector('%s').getBoundingClientRect().top".formatted(selector))
            .asInt();
    Map<String, Object> clip =
        Map.of("x", 0, "y", top, "width", view.width(), "height", height, "scale", 1);
    Map<String, Object> result =
        driver.executeCdpCommand(
            "Page.captureScreenshot",
            Map.of("format", "png", "captureBeyondViewport", true, "clip", clip));
    return Base64.getDecoder().decode(String.valueOf(result.get("data")));
  }

  @Override
  public void close() {
    driver.quit();
  }

  /**
   * What a page did while it was loaded.
   *
   * @param requests the URLs that it asked for
   * @param console lines
   */
  record Loaded(List<String> requests, List<String> console) {}

  /** A screen. Widths are in CSS pixels; 375 is that of a small phone. */
  enum View {
    DESK(1000, 800, false),
    DESK_AT_NIGHT(1000, 800, true),
    PHONE(375, 812, false),
    PHONE_AT_NIGHT(375, 812, true);

    private final int width;
    private final int height;
    private final boolean isDark;

    View(int width, int height, boolean isDark) {
      this.width = width;
      this.height = height;
      this.isDark = isDark;
    }

    int width() {
      return width;
    }

    int height() {
      return height;
    }

    boolean isDark() {
      return isDark;
    }

    boolean isPhone() {
      return width < 500;
    }
  }
}
