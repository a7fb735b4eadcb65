package io.tapline.local.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The functions of the template are those that the modules make, and have what these read. */
class FunctionsOfTemplateTest {

  private static final Path ROOT = Path.of("..");

  /** Where a function's variables are read: {@code Installation.of(System.getenv())}. */
  private static final Pattern READER =
      Pattern.compile("(?:(?<type>\\w+)\\.)?(?<method>\\w+)\\(System\\.getenv\\(\\)\\)");

  private static final Pattern READ =
      Pattern.compile(
          "(?:required\\(environment, |environment\\.get(?:OrDefault)?\\()(?<name>\\w+)");

  private static final Pattern CONSTANT =
      Pattern.compile("String (?<name>\\w+) = \"(?<value>TAPLINE_\\w+)\"");

  private final Template template = Template.read();

  @ParameterizedTest
  @CsvSource({"splitter", "worker", "finalizer"})
  void handlerIsThere(String function) throws ReflectiveOperationException {
    String[] handler = properties(function).path("Handler").asText().split("::");

    Class<?> type = Class.forName(handler[0]);

    assertThat(type.getConstructor()).as("the constructor that Lambda calls").isNotNull();
    assertThat(Arrays.stream(type.getMethods()).map(Method::getName)).contains(handler[1]);
  }

  @ParameterizedTest
  @CsvSource({"splitter", "worker", "finalizer"})
  void codeIsTheJarThatItsModuleMakes(String function) throws IOException {
    String module = "functions/" + function;
    String pom = Files.readString(ROOT.resolve(module).resolve("pom.xml"));
    Matcher artifact = Pattern.compile("</parent>\\s*<artifactId>(.+?)</artifactId>").matcher(pom);
    assertThat(artifact.find()).isTrue();
    assertThat(Files.readString(ROOT.resolve("pom.xml")))
        .contains("<outputFile>${project.build.directory}/${project.artifactId}.jar</outputFile>");

    assertThat(properties(function).path("CodeUri").asText())
        .isEqualTo(module + "/target/" + artifact.group(1) + ".jar");
    assertThat(resource(function).path("Metadata").path("SkipBuild").asBoolean())
        .as("SAM can't build a module with a parent")
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource({"splitter", "worker", "finalizer"})
  void hasTheVariablesThatItReadsAndNoOther(String function) throws IOException {
    Set<String> set = new TreeSet<>(template.environment(logicalId(function)).keySet());
    set.remove("JAVA_TOOL_OPTIONS"); // The JVM's own.

    assertThat(set).isEqualTo(variablesReadBy(function));
    assertThat(template.environment(logicalId(function)).values()).noneMatch(String::isBlank);
  }

  /** Else a variable is read in a way that this test does not see. */
  @Test
  void findsAllVariablesOfTheCode() throws IOException {
    Set<String> read = new TreeSet<>();
    for (String function : List.of("splitter", "worker", "finalizer")) {
      read.addAll(variablesReadBy(function));
    }
    Set<String> named = new TreeSet<>();
    for (String module : List.of("shared", "functions")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(module))) {
        for (Path file : files.filter(FunctionsOfTemplateTest::isMainSource).toList()) {
          named.addAll(constants(Files.readString(file)).values());
        }
      }
    }

    assertThat(read).isEqualTo(named);
  }

  @ParameterizedTest
  @CsvSource({"splitter", "worker", "finalizer"})
  void hasARoleAndALogGroupOfItsOwn(String function) {
    JsonNode properties = properties(function);
    JsonNode logs = template.properties(logicalId(function).replace("Function", "Logs"));

    assertThat(properties.path("Role").asText())
        .endsWith(":role/tapline-" + logicalId(function).replace("Function", "Role"));
    assertThat(properties.path("LoggingConfig").path("LogGroup").asText())
        .isEqualTo(logs.path("LogGroupName").asText())
        .isEqualTo("/aws/lambda/" + properties.path("FunctionName").asText());
    assertThat(logs.path("RetentionInDays").asInt()).isEqualTo(30);
    assertThat(properties.path("LoggingConfig").path("LogFormat").asText()).isEqualTo("JSON");
    assertThat(properties.path("Tracing").asText()).isEqualTo("Active");
    assertThat(properties.path("Runtime").asText()).isEqualTo("java25");
    assertThat(properties.path("Architectures")).hasToString("[\"arm64\"]");
  }

  @Test
  void noLogGroupIsNobodys() {
    assertThat(template.ofType("AWS::Logs::LogGroup")).hasSize(3);
    assertThat(template.ofType(Template.FUNCTION)).hasSize(3);
  }

  private static Set<String> variablesReadBy(String function) throws IOException {
    String handler = handlerSource(function);
    Set<String> variables = new TreeSet<>();
    for (MatchResult reader : READER.matcher(handler).results().toList()) {
      String source =
          reader.group("type") == null
              ? handler
              : Files.readString(
                  ROOT.resolve(
                      "shared/src/main/java/io/tapline/job/%s.java"
                          .formatted(reader.group("type"))));
      Map<String, String> constants = constants(source);
      READ.matcher(body(source, reader.group("method")))
          .results()
          .forEach(read -> variables.add(constants.get(read.group("name"))));
    }
    return variables;
  }

  /** From the head of a method that takes an environment to its end. */
  private static String body(String source, String method) {
    int start = source.indexOf(method + "(Map<String, String> environment)");
    assertThat(start).as(method).isPositive();
    return source.substring(start, source.indexOf("\n  }\n", start));
  }

  private static Map<String, String> constants(String source) {
    return CONSTANT
        .matcher(source)
        .results()
        .collect(Collectors.toMap(c -> c.group("name"), c -> c.group("value")));
  }

  private static boolean isMainSource(Path file) {
    return file.toString().contains("src/main") && file.toString().endsWith(".java");
  }

  private static String handlerSource(String function) throws IOException {
    String type = logicalId(function).replace("Function", "Handler");
    return Files.readString(
        ROOT.resolve(
            "functions/%s/src/main/java/io/tapline/%s/%s.java"
                .formatted(function, function, type)));
  }

  private static String logicalId(String function) {
    return Character.toUpperCase(function.charAt(0)) + function.substring(1) + "Function";
  }

  private JsonNode properties(String function) {
    return template.properties(logicalId(function));
  }

  private JsonNode resource(String function) {
    return template.resources().get(logicalId(function));
  }
}
