package io.tapline.finalizer;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/**
 * {@link FinalizerHandler} as Lambda starts it. It leaves the event unread: to make a map of it,
 * Lambda's runtime loads a JSON library of its own, some 600 classes, at each cold start.
 */
public final class FinalizerFunction implements RequestStreamHandler {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final FinalizerHandler handler = new FinalizerHandler();

  /**
   * The function as Lambda makes it.
   *
   * @throws IllegalStateException as {@link FinalizerHandler#FinalizerHandler()} does
   */
  public FinalizerFunction() {}

  /** Moves every open job on, whatever the event is. */
  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    ObjectNode json = JSON.createObjectNode();
    ArrayNode closed = json.putArray("closed");
    handler.handleRequest(Map.of(), context).getOrDefault("closed", List.of()).forEach(closed::add);
    JSON.writeValue(answer, json);
  }
}
