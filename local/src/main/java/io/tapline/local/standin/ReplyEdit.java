package io.tapline.local.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Replies as nobody promises that they do not come. A reply that is no batch's stays as it is. */
final class ReplyEdit {

  private static final Pattern NUMBER = Pattern.compile("\\s*Skipped record number : \\d+");

  private ReplyEdit() {}

  static Reply unnumbered(Reply reply) {
    return edited(
        reply,
        body -> {
          for (JsonNode refusal : body.withArray("unprocessed")) {
            String error = NUMBER.matcher(refusal.path("error").asText()).replaceAll("");
            ((ObjectNode) refusal).put("error", error);
          }
        });
  }

  static Reply miscounted(Reply reply) {
    return edited(reply, body -> body.put("processed", body.path("processed").asInt() - 1));
  }

  static Reply reversed(Reply reply) {
    return edited(
        reply,
        body -> {
          ArrayNode reversed = JsonNodeFactory.instance.arrayNode();
          body.withArray("unprocessed").forEach(refusal -> reversed.insert(0, refusal));
          body.set("unprocessed", reversed);
        });
  }

  private static Reply edited(Reply reply, Consumer<ObjectNode> edit) {
    if (!reply.isJson()) {
      return reply;
    }
    try {
      JsonNode body = Json.MAPPER.readTree(reply.body());
      if (!(body instanceof ObjectNode object) || !body.path("unprocessed").isArray()) {
        return reply;
      }
      edit.accept(object);
      return reply.withBody(Json.MAPPER.writeValueAsBytes(object));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
