package io.tapline;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.Jazzer;
import io.tapline.export.CsvFuzzTarget;
import io.tapline.export.JsonFuzzTarget;
import io.tapline.job.ReplyFuzzTarget;
import io.tapline.record.MapperFuzzTarget;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Looks for input that breaks what reads and maps it, led by the code that each try reaches (<a
 * href="https://github.com/CodeIntelligenceTesting/jazzer">Jazzer</a>). Each target has a JVM of
 * its own, since its classes are instrumented, and ends after a number of tries or seconds; {@code
 * -Dtapline.fuzz.seconds=600} looks longer. A finding is kept in {@code target/fuzz}.
 */
class FuzzTest {

  private static final int RUNS = 20_000;
  private static final int DEFAULT_SECONDS = 10;
  private static final int SECONDS = Integer.getInteger("tapline.fuzz.seconds", DEFAULT_SECONDS);
  private static final Path FINDINGS = Path.of("target/fuzz");

  @TempDir private Path folder;

  static Stream<Arguments> targets() {
    return Stream.of(
        Arguments.of(
            CsvFuzzTarget.class,
            List.of(
                "\0\1\uFEFFidentity,name\r\na,\"A \"\"B\"\"\"\r\n,\"\"\n\"x\r\ny\",é€😀\r",
                "\1\2a,b\n\"c\",d\na,b,c\n\"un",
                "\2\1a\\,b,\"c\\\"d\"\n\\N,\\\\\n",
                "\3\1a\\\tb\tc\nx\ty\r\n\\\n",
                "\4\0'a''b'\nNULL\n\n",
                "\0\1a,b,_row,_code,_reason\r\n'=1,,7,523,\"no\"\r\n,,8,X,y\r\n")),
        Arguments.of(
            JsonFuzzTarget.class,
            List.of(
                "\1{\"a\":1,\"b\":[\"x\",null,true],\"é\":\"\\u00e9\\ud83d\\ude00\"}\r\n\n"
                    + "{\"a\":1.50e10}",
                "\0{\"a\":1,\"a\":2}\n[1]\n{\"a\":{\"b\":-0}}\n{\"a\":\n",
                "\2 {\"a\":1e400}\n\t\n{\"a\":123456789012345678901234567890}\n")),
        Arguments.of(
            MapperFuzzTarget.class,
            List.of(
                "{\"identity\":\"a\",\"Phone\":\"+14155551234\",\"DOB\":\"2020-01-01\",\"tags\":[\"x\",1]}",
                "{\"identity\":1,\"evtName\":\"Charged\",\"Items\":[{\"b\":1}],\"ts\":\"2020-01-01T00:00:00Z\"}",
                "{\"objectId\":\"__a\",\"ltv\":NaN,\"age\":5,\"a.b\":1,\"vip\":\"yes\",\"x\":{\"y\":1}}")),
        Arguments.of(
            ReplyFuzzTarget.class,
            List.of(
                "\0{\"status\":\"success\",\"processed\":7,\"unprocessed\":[]}",
                "\0{\"status\":\"partial\",\"processed\":6,\"unprocessed\":[{\"code\":515,\"error\":\"Email"
                    + " is not valid.Skipped record number :"
                    + " 2\",\"record\":{\"identity\":\"b\"}}]}",
                "\1{\"status\":\"partial\",\"processed\":6,\"unprocessed\":[{\"code\":555,\"record\":{\"objectId\":\"c\"}},{\"code\":\"555\",\"error\":\"Skipped"
                    + " record number : 1\"}]}",
                "\11{\"status\":\"fail\",\"error\":\"Malformed request\",\"code\":400}")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("targets")
  void nothingBreaksIt(Class<?> target, List<String> seeds) throws Exception {
    Path corpus = Files.createDirectory(folder.resolve("corpus"));
    for (int i = 0; i < seeds.size(); i++) {
      Files.writeString(corpus.resolve("seed-" + i), seeds.get(i));
    }
    Files.createDirectories(FINDINGS);
    Path output = folder.resolve("output");

    int exitCode = fuzz(target, corpus, output);

    assertThat(exitCode).as(Files.readString(output, StandardCharsets.ISO_8859_1)).isZero();
    assertThat(output).content(StandardCharsets.ISO_8859_1).contains("Done ");
  }

  private int fuzz(Class<?> target, Path corpus, Path output)
      throws IOException, InterruptedException {
    boolean isLong = SECONDS > DEFAULT_SECONDS;
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin/java").toString(),
            "-Xmx512m",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Jazzer.class.getName(),
            "--target_class=" + target.getName(),
            "--instrumentation_includes=io.tapline.**",
            "--custom_hook_includes=io.tapline.**",
            "--reproducer_path=" + FINDINGS,
            "-artifact_prefix=" + FINDINGS + File.separator,
            // All lengths from the start: rows and records have a few hundred bytes.
            "-len_control=0",
            "-max_len=2000",
            "-seed=1",
            "-timeout=30",
            "-rss_limit_mb=0",
            "-runs=" + (isLong ? -1 : RUNS),
            "-max_total_time=" + SECONDS,
            corpus.toString());
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      return process.waitFor();
    } finally {
      process.destroyForcibly();
    }
  }
}
