package io.tapline.local;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.amazonaws.services.lambda.runtime.serialization.factories.JacksonFactory;
import io.tapline.aws.Clock;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/**
 * The main class of a JVM that runs one function from its deployed jar, as Lambda's Java runtime
 * does. Its arguments are the handler's class and files of events; it prints each answer on a line.
 */
public final class PackedFunction {

  /** The system property with the seconds that an invocation may take. */
  static final String TIMEOUT_SECONDS = "tapline.timeout";

  private static final Duration TIMEOUT = Duration.ofSeconds(Long.getLong(TIMEOUT_SECONDS, 120));

  private PackedFunction() {}

  /** Ends with exit code 1 and a stack trace when an invocation fails. */
  public static void main(String[] args) throws Exception {
    Object handler = Class.forName(args[0]).getConstructor().newInstance();
    for (String file : Arrays.asList(args).subList(1, args.length)) {
      Context context = LocalContext.begin("packed", TIMEOUT, Clock.system(), System.err::println);
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      try (InputStream event = Files.newInputStream(Path.of(file))) {
        if (handler instanceof RequestStreamHandler function) {
          function.handleRequest(event, answer, context);
        } else {
          Typed.invoke((RequestHandler<?, ?>) handler, event, answer, context);
        }
      }
      System.out.println(answer.toString(StandardCharsets.UTF_8));
    }
  }

  /** Apart, so that a handler of streams runs without Lambda's own library for events. */
  private static final class Typed {

    private static <I, O> void invoke(
        RequestHandler<I, O> function,
        InputStream event,
        ByteArrayOutputStream answer,
        Context context) {
      O result = function.handleRequest(Typed.<I>events(function).fromJson(event), context);
      JacksonFactory.getInstance().getSerializer(Object.class).toJson(result, answer);
    }

    @SuppressWarnings("unchecked") // The declared type of the parameter is the type argument.
    private static <I> PojoSerializer<I> events(RequestHandler<I, ?> function) {
      Class<?> type =
          Arrays.stream(function.getClass().getMethods())
              .filter(method -> method.getName().equals("handleRequest") && !method.isBridge())
              .map(Method::getParameterTypes)
              .findFirst()
              .orElseThrow()[0];
      return (PojoSerializer<I>)
          (LambdaEventSerializers.isLambdaSupportedEvent(type.getName())
              ? LambdaEventSerializers.serializerFor(type, type.getClassLoader())
              : JacksonFactory.getInstance().getSerializer(type));
    }
  }
}
