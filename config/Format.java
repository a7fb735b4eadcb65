import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * Checks or corrects the format of all Java sources; the build runs it as a source file, with
 * google-java-format on the class path. Arguments: {@code check} or {@code write}, then the root of
 * the project. It exits with 1 if the check finds something or a file cannot be parsed.
 */
final class Format {

  private Format() {}

  public static void main(String[] args) throws IOException {
    boolean write =
        switch (args[0]) {
          case "check" -> false;
          case "write" -> true;
          default ->
              throw new IllegalArgumentException(
                  "format is %s; it must be check or write".formatted(args[0]));
        };
    ToolProvider formatter = ToolProvider.findFirst("google-java-format").orElseThrow();
    List<String> options =
        write ? List.of("--replace") : List.of("--dry-run", "--set-exit-if-changed");
    String[] arguments =
        Stream.concat(options.stream(), sources(Path.of(args[1])).stream()).toArray(String[]::new);
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode = formatter.run(new PrintWriter(out), new PrintWriter(err), arguments);
    if (exitCode != 0) {
      System.err.print(err);
      System.err.print(out);
      if (!write) {
        System.err.println(
            "These files are not formatted. To format them: mvn -N verify -Dformat=write");
      }
      System.exit(1);
    }
  }

  private static List<String> sources(Path root) throws IOException {
    List<String> sources = new ArrayList<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            String name = folder.getFileName().toString();
            boolean skipped =
                name.equals("target") || (name.startsWith(".") && !folder.equals(root));
            return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(".java")) {
              sources.add(file.toString());
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return sources;
  }
}
