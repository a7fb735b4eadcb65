package io.tapline.bench.cold;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A function that makes the calls of another one, in their order, and does nothing else: no event
 * is read, no answer looked at. Each client is made at its first call, that of S3 at the start.
 */
public final class SameCallsHandler implements RequestStreamHandler {

  /** The entry of its jar that holds the calls, a line each. */
  static final String LIST = "same-calls.txt";

  private final List<Call> calls;
  private final Map<String, Calls> services = new HashMap<>();

  /** What Lambda's runtime calls. */
  public SameCallsHandler() {
    try (InputStream list = SameCallsHandler.class.getResourceAsStream("/" + LIST)) {
      String text = new String(Objects.requireNonNull(list).readAllBytes(), StandardCharsets.UTF_8);
      calls = text.lines().map(Call::parse).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    services.put("S3", new S3Calls());
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    event.readAllBytes();
    for (Call call : calls) {
      try {
        services
            .computeIfAbsent(call.name().split(" ", 2)[0], SameCallsHandler::service)
            .make(call);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    answer.write("[]".getBytes(StandardCharsets.UTF_8));
  }

  private static Calls service(String name) {
    return switch (name) {
      case "Sqs" -> new SqsCalls();
      case "SecretsManager" -> new SecretCalls();
      case "EventBridge" -> new EventCalls();
      case "CleverTap" -> new PostCalls();
      default -> throw new IllegalArgumentException(name);
    };
  }
}
