package io.tapline.local.packed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One function as Lambda runs it: a JVM with Lambda's own runtime on its class path and the
 * deployed code in its task folder, the handler and the variables that the template says, and logs
 * in JSON. It takes one event at a time. Public for the benchmarks.
 */
public final class PackedFunction implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration LONGEST = Duration.ofMinutes(3);

  /** Where Lambda's runtime finds its native part, if it is not to unpack that itself. */
  private static final String NATIVE_LIBRARY =
      "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";

  private final Duration timeout;
  private final RuntimeApi api;
  private final long startedAt;
  private final Process process;
  private final Path folder;

  private PackedFunction(
      Duration timeout, RuntimeApi api, long startedAt, Process process, Path folder) {
    this.timeout = timeout;
    this.api = api;
    this.startedAt = startedAt;
    this.process = process;
    this.folder = folder;
  }

  /**
   * Starts a function.
   *
   * @param task its code; nothing in there is changed
   * @param environment its variables, and where the services are
   * @param folder an empty folder of its own
   */
  public static PackedFunction start(TaskFolder task, Map<String, String> environment, Path folder)
      throws IOException {
    JsonNode properties = task.code().properties();
    String name = properties.path("FunctionName").asText();
    RuntimeApi api =
        RuntimeApi.start("arn:aws:lambda:us-east-1:123456789012:function:%s".formatted(name));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // So Lambda starts it; a function's own options come from its environment.
    command.add("-XX:+UseSerialGC");
    if (!environment.containsKey("JAVA_TOOL_OPTIONS")) {
      // Lambda stops at the first compiler, unless a function says otherwise.
      command.add("-XX:TieredStopAtLevel=1");
    }
    String memory = properties.path("MemorySize").asText();
    command.add("-Xmx" + memory + "m");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-D" + CallRecorder.FILE + "=" + folder.resolve("calls").toAbsolutePath());
    command.add("-D" + NATIVE_LIBRARY + "=" + nativeLibrary(folder).toAbsolutePath());
    command.add("-cp");
    command.add(PackedCode.RUNTIME.toAbsolutePath() + "/*");
    command.add("com.amazonaws.services.lambda.runtime.api.client.AWSLambda");
    command.add(task.code().handler());
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(task.path().toFile())
            .redirectOutput(folder.resolve("log").toFile())
            .redirectError(folder.resolve("errors").toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder
        .environment()
        .putAll(
            Map.of(
                "AWS_LAMBDA_RUNTIME_API",
                api.address(),
                "AWS_LAMBDA_LOG_FORMAT",
                "JSON",
                "AWS_LAMBDA_FUNCTION_NAME",
                name,
                "AWS_LAMBDA_FUNCTION_VERSION",
                "$LATEST",
                "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
                memory));
    Duration timeout = Duration.ofSeconds(properties.path("Timeout").asLong());
    long startedAt = System.nanoTime();
    return new PackedFunction(timeout, api, startedAt, builder.start(), folder);
  }

  /**
   * By itself each runtime unpacks it to one place for the whole machine, where one that starts
   * beside it finds half of it. On Lambda each has a machine of its own.
   */
  private static Path nativeLibrary(Path folder) throws IOException {
    String processor = System.getProperty("os.arch").equals("aarch64") ? "aarch_64" : "x86_64";
    Path library = folder.resolve("runtime.so");
    try (DirectoryStream<Path> client =
            Files.newDirectoryStream(PackedCode.RUNTIME, "*interface-client*.jar");
        FileSystem jar = FileSystems.newFileSystem(client.iterator().next())) {
      Files.copy(jar.getPath("jni", "libaws-lambda-jni.linux-%s.so".formatted(processor)), library);
    }
    return library;
  }

  /** {@link System#nanoTime()} just before its process was started. */
  public long startedAt() {
    return startedAt;
  }

  /** The processor time that its process has used, in user and system mode. */
  public Duration processorTime() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /**
   * What it answers to an event.
   *
   * @throws IllegalStateException when it fails
   */
  public JsonNode answer(JsonNode event) throws IOException, InterruptedException {
    return answer(event, timeout);
  }

  /** What it answers to an event when it has so much time. */
  JsonNode answer(JsonNode event, Duration time) throws IOException, InterruptedException {
    return invoke(event, time, false);
  }

  /** The error with which it fails at an event. */
  JsonNode error(JsonNode event) throws IOException, InterruptedException {
    return invoke(event, timeout, true);
  }

  private JsonNode invoke(JsonNode event, Duration time, boolean fails)
      throws IOException, InterruptedException {
    CompletableFuture<RuntimeApi.Answer> future =
        api.invoke(event.toString().getBytes(StandardCharsets.UTF_8), time);
    try {
      CompletableFuture.anyOf(future, process.onExit()).get(LONGEST.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("no answer within " + LONGEST, e);
    }
    if (!future.isDone()) {
      throw new IllegalStateException(Files.readString(folder.resolve("errors")));
    }
    RuntimeApi.Answer answer = future.join();
    if (answer.isError() != fails) {
      throw new IllegalStateException("unexpected answer: " + answer.json());
    }
    return JSON.readTree(answer.json());
  }

  /** The lines that it has logged. */
  List<String> log() throws IOException {
    return Files.readAllLines(folder.resolve("log"));
  }

  /** The calls that it has made to AWS, when it was to record them. */
  public List<AwsCall> calls() throws IOException {
    return Files.readAllLines(folder.resolve("calls")).stream().map(AwsCall::parse).toList();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    api.close();
  }
}
