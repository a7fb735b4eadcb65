package io.tapline.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A page of the documentation, as tests read it. */
record DocPage(Path path) {

  private static final Pattern LINK = Pattern.compile("\\]\\((?!http)([\\w./-]*)(?:#([^)]+))?\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
  private static final Pattern BLOCK = Pattern.compile("(?ms)^ *```(\\w*)\n(.*?)^ *```$");

  /** A page by its path from the project's folder. */
  static DocPage of(String path) {
    return new DocPage(Path.of("..").resolve(path));
  }

  /** All pages for users: the README and those in {@code docs/}. */
  static Stream<DocPage> all() {
    try (Stream<Path> pages = Files.list(Path.of("../docs"))) {
      List<Path> found = pages.filter(page -> page.toString().endsWith(".md")).sorted().toList();
      return Stream.concat(Stream.of(Path.of("../README.md")), found.stream()).map(DocPage::new);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String text() {
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What stands below each heading of the second level, by the heading. */
  Map<String, String> sections() {
    Map<String, String> sections = new LinkedHashMap<>();
    String[] parts = text().split("(?m)^## ");
    for (int i = 1; i < parts.length; i++) {
      String[] headed = parts[i].split("\n", 2);
      sections.put(headed[0], headed[1]);
    }
    return sections;
  }

  /** The blocks of code in a text, those of one language; empty: those that name none. */
  static List<String> blocks(String text, String language) {
    return BLOCK
        .matcher(text)
        .results()
        .filter(block -> block.group(1).equals(language))
        .map(block -> block.group(2))
        .toList();
  }

  /** The lines of all blocks of code that begin so, without blanks around them. */
  List<String> codeLines(String beginning) {
    return BLOCK
        .matcher(text())
        .results()
        .flatMap(block -> block.group(2).lines())
        .map(String::strip)
        .filter(line -> line.startsWith(beginning))
        .toList();
  }

  /** Links to files or headings that are not there. */
  List<String> brokenLinks() {
    List<String> broken = new ArrayList<>();
    for (MatchResult link : LINK.matcher(text()).results().toList()) {
      DocPage page =
          link.group(1).isEmpty() ? this : new DocPage(path.resolveSibling(link.group(1)));
      if (!Files.exists(page.path)
          || (link.group(2) != null && !page.anchors().contains(link.group(2)))) {
        broken.add(link.group());
      }
    }
    return broken;
  }

  private List<String> anchors() {
    return HEADING.matcher(text()).results().map(heading -> anchor(heading.group(1))).toList();
  }

  /** As GitHub makes it of a heading. */
  private static String anchor(String heading) {
    return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\w -]", "").replace(' ', '-');
  }

  @Override
  public String toString() {
    return path.getFileName().toString();
  }
}
