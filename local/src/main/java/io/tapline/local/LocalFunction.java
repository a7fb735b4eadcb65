package io.tapline.local;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.tapline.aws.Clock;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A function as it is deployed: its handler and the settings that Lambda knows of it. As
 * thread-safe as its handler, which several invocations share; on Lambda each environment has its
 * own.
 *
 * @param timeout how long one invocation may take
 * @param sink takes what the function logs
 */
public record LocalFunction<I, O>(
    String name,
    RequestHandler<I, O> handler,
    Duration timeout,
    Clock clock,
    Consumer<String> sink) {

  /** Runs the handler once, on this thread, with a context of its own. */
  public @Nullable O invoke(I event) {
    return handler.handleRequest(event, LocalContext.begin(name, timeout, clock, sink));
  }
}
