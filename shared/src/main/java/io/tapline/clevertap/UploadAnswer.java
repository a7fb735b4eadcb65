package io.tapline.clevertap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an upload was answered with HTTP 200. That status says nothing of the records: CleverTap
 * answers 200 also when it takes none of them.
 *
 * @param status {@code success}, {@code partial} or {@code fail}
 * @param processed how many records it says it took
 * @param refusals those that it did not, in its order, which is not that of the request
 * @param code the code of an answer that is an error as a whole; null otherwise
 * @param error the words of such an answer; null otherwise
 */
public record UploadAnswer(
    String status,
    int processed,
    List<Refusal> refusals,
    @Nullable Integer code,
    @Nullable String error) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** "Skipped record number : 2", 1-based. */
  private static final Pattern POSITION =
      Pattern.compile("Skipped record number\\s*:\\s*(\\d{1,9})");

  private static final Pattern CODE = Pattern.compile("[A-Z0-9_]{1,32}");

  /** Reads an answer; empty when it is not CleverTap's JSON. */
  public static Optional<UploadAnswer> parse(byte[] body) {
    JsonNode answer;
    try {
      answer = JSON.readTree(body);
    } catch (IOException e) {
      return Optional.empty();
    }
    if (!answer.path("status").isTextual()) {
      return Optional.empty();
    }
    List<Refusal> refusals = new ArrayList<>();
    if (answer.path("unprocessed").isArray()) {
      answer.path("unprocessed").forEach(entry -> refusals.add(refusal(entry)));
    }
    int code = answer.path("code").asInt(0);
    return Optional.of(
        new UploadAnswer(
            answer.path("status").asText(),
            answer.path("processed").asInt(0),
            refusals,
            code == 0 ? null : (Integer) code,
            answer.path("error").isTextual() ? answer.path("error").asText() : null));
  }

  private static Refusal refusal(JsonNode entry) {
    String error = entry.path("error").asText("");
    Matcher position = POSITION.matcher(error);
    return new Refusal(
        position.find() ? Integer.valueOf(position.group(1)) : null,
        code(entry.path("code").asText()),
        error,
        user(entry.path("record")));
  }

  /** A code stands in reports and messages: nothing that is no code gets there. */
  private static String code(String code) {
    return CODE.matcher(code).matches() ? code : Refusal.NO_CODE;
  }

  private static @Nullable String user(JsonNode record) {
    if (record.hasNonNull("identity")) {
      return record.path("identity").asText();
    }
    if (record.hasNonNull("objectId")) {
      return record.path("objectId").asText();
    }
    return record.hasNonNull("value") ? record.path("value").asText() : null;
  }
}
