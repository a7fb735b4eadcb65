package io.tapline.local.packed;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapline.local.template.Template;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What runs as a function. Public for the benchmarks.
 *
 * @param properties of the function in the template
 * @param jar its code and all that this needs
 * @param handler class and method, as Lambda takes them
 * @param isRecorded whether its calls to AWS are written down, which costs it time
 */
public record PackedCode(JsonNode properties, Path jar, String handler, boolean isRecorded) {

  /** Lambda's own runtime, a folder of jars. */
  static final Path RUNTIME = Template.project().resolve("local/target/lambda-runtime");

  /**
   * What the template deploys of a function.
   *
   * @param function its logical id in the template
   */
  public static PackedCode deployed(Template template, String function) {
    JsonNode properties = template.properties(function);
    return new PackedCode(
        properties,
        Template.project().resolve(properties.path("CodeUri").asText()),
        properties.path("Handler").asText(),
        false);
  }

  /** The same with its calls recorded. */
  public PackedCode recorded() {
    return new PackedCode(properties, jar, handler, true);
  }

  /** Other code in its place, with the same memory and time. */
  public PackedCode replacedBy(Path otherJar, String otherHandler) {
    return new PackedCode(properties, otherJar, otherHandler, false);
  }

  /** Whether the jar and Lambda's runtime are there: {@code mvn package} makes both. */
  public boolean isBuilt() {
    return Files.exists(jar) && Files.exists(RUNTIME);
  }
}
