package io.tapline.local.packed;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.sqs.model.Message;

/** The stack that the template makes: its services, and the three functions from their jars. */
final class PackedInstallation implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final PackedServices services;
  private final Map<String, PackedFunction> functions = new LinkedHashMap<>();

  /**
   * Starts everything.
   *
   * @param folder an empty one
   */
  PackedInstallation(Path folder) throws IOException {
    services = new PackedServices(folder.resolve("s3"), UnaryOperator.identity());
    for (String name : List.of("Splitter", "Worker", "Finalizer")) {
      String function = name + "Function";
      Path own = Files.createDirectory(folder.resolve(name));
      TaskFolder task =
          TaskFolder.unpack(
              PackedCode.deployed(services.template(), function).recorded(), own.resolve("task"));
      functions.put(name, PackedFunction.start(task, services.environment(function), own));
    }
  }

  PackedServices services() {
    return services;
  }

  PackedFunction splitter() {
    return function("Splitter");
  }

  PackedFunction worker() {
    return function("Worker");
  }

  PackedFunction finalizer() {
    return function("Finalizer");
  }

  /** The function of this name, in the template's spelling or in ours. */
  PackedFunction function(String name) {
    return functions.get(Character.toUpperCase(name.charAt(0)) + name.substring(1));
  }

  /**
   * Plays the event source mapping until no message is visible: hands each to the worker, and
   * deletes those that it is through with.
   *
   * @return the messages that it wants again
   */
  List<Message> work() throws Exception {
    List<Message> again = new ArrayList<>();
    while (true) {
      Optional<Message> received = services.receive();
      if (received.isEmpty()) {
        return again;
      }
      Message message = received.get();
      JsonNode answer = worker().answer(PackedServices.sqsEvent(message));
      if (answer.path("batchItemFailures").isEmpty()) {
        services.delete(message);
      } else {
        again.add(message);
      }
    }
  }

  /** The jobs that the finalizer closes when its schedule comes. */
  List<String> finish() throws Exception {
    return JSON.convertValue(
        finalizer().answer(PackedServices.event("schedule-finalizer.json")).path("closed"),
        new TypeReference<>() {});
  }

  @Override
  public void close() {
    functions.values().forEach(PackedFunction::close);
    services.close();
  }
}
