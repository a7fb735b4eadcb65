package io.tapline.bench.cold;

import io.tapline.local.packed.AwsCall;
import io.tapline.local.packed.PackedCode;
import io.tapline.local.standin.StandIn;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The jar of {@link SameCallsHandler}: that of the function whose calls it makes, with the handler
 * and the list of these calls in addition.
 */
final class SameCallsCode {

  private static final List<Class<?>> CLASSES =
      List.of(
          SameCallsHandler.class,
          Call.class,
          Calls.class,
          S3Calls.class,
          SqsCalls.class,
          SecretCalls.class,
          EventCalls.class,
          PostCalls.class);

  private SameCallsCode() {}

  /**
   * Makes the jar.
   *
   * @param deployed the function
   * @param calls a line for each call
   * @param file the jar to make
   */
  static PackedCode write(PackedCode deployed, List<String> calls, Path file) throws IOException {
    Files.copy(deployed.jar(), file);
    try (FileSystem jar = FileSystems.newFileSystem(file)) {
      for (Class<?> type : CLASSES) {
        String name = type.getName().replace('.', '/') + ".class";
        Path entry = jar.getPath(name);
        Files.createDirectories(Objects.requireNonNull(entry.getParent()));
        try (InputStream bytes = type.getClassLoader().getResourceAsStream(name)) {
          Files.copy(Objects.requireNonNull(bytes), entry);
        }
      }
      Files.write(jar.getPath(SameCallsHandler.LIST), calls);
    }
    return deployed.replacedBy(file, SameCallsHandler.class.getName() + "::handleRequest");
  }

  /** The calls of a function to AWS, and to CleverTap before it writes for the first time. */
  static List<String> lines(ColdFunction function, List<AwsCall> recorded, StandIn cleverTap) {
    List<String> lines = new ArrayList<>();
    boolean posts = function == ColdFunction.WORKER;
    for (AwsCall call : recorded) {
      if (posts && call.operation().equals("PutObject")) {
        lines.add(post(cleverTap).toLine());
        posts = false;
      }
      lines.add(
          new Call(call.service() + " " + call.operation(), call.status(), call.fields()).toLine());
    }
    return lines;
  }

  private static Call post(StandIn cleverTap) {
    return new Call(
        PostCalls.NAME,
        200,
        Map.of(
            PostCalls.URL,
            cleverTap.baseUri().resolve("/1/upload").toString(),
            PostCalls.ACCOUNT,
            cleverTap.accountId(),
            PostCalls.PASSCODE,
            cleverTap.passcode()));
  }
}
