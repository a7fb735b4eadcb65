package io.tapline.local.standin;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Profiles, events and device tokens. A call is read record by record, and nothing of it is stored
 * before it is read to its end, so that a malformed call leaves no trace.
 */
final class UploadEndpoint implements Endpoint {

  private static final int MAX_RECORDS = 1000;
  private static final int MAX_RECORDS_WITH_TOKENS = 100;

  /** What a record's {@code type} says. */
  private record Type(RecordKind kind, RecordCheck check) {}

  private final Type profile = new Type(RecordKind.PROFILE, new ProfileCheck());
  private final Type event;
  private final Type token = new Type(RecordKind.TOKEN, new TokenCheck());
  private final int maxConcurrency;
  private final RecordFaults faults;
  private final Tally tally;

  UploadEndpoint(StandInOptions options, Tally tally) {
    this.event =
        new Type(
            RecordKind.EVENT,
            new EventCheck(options.maxEventProperties(), options.discardedEvents()));
    this.maxConcurrency = options.maxConcurrency();
    this.faults = new RecordFaults(options.faults());
    this.tally = tally;
  }

  @Override
  public String method() {
    return "POST";
  }

  @Override
  public String path() {
    return "/1/upload";
  }

  @Override
  public int maxConcurrency() {
    return maxConcurrency;
  }

  @Override
  public Handled handle(Request request) {
    Reply problem = JsonPost.problem(request);
    if (problem != null) {
      return new Handled(problem, false);
    }
    boolean dryRun = request.hasParameter("dryRun=1");
    Batch batch = new Batch(tally.isRecorded() && !dryRun);
    problem = read(request, batch, dryRun);
    if (problem != null) {
      return new Handled(problem, false);
    }
    if (!dryRun) {
      tally.store(batch);
    }
    return new Handled(batch.reply(), !dryRun && batch.processed() > 0);
  }

  private @Nullable Reply read(Request request, Batch batch, boolean dryRun) {
    try (JsonParser parser = Json.MAPPER.createParser(request.body())) {
      return parser.nextToken() == JsonToken.START_OBJECT
          ? read(parser, batch, dryRun)
          : malformed();
    } catch (JsonProcessingException e) {
      return malformed();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private @Nullable Reply read(JsonParser parser, Batch batch, boolean dryRun) throws IOException {
    boolean found = false;
    boolean tokens = false;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean isRecords = parser.currentName().equals("d");
      JsonToken value = parser.nextToken();
      if (!isRecords) {
        parser.skipChildren();
        continue;
      }
      if (found || value != JsonToken.START_ARRAY) {
        return malformed();
      }
      found = true;
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        JsonNode record = parser.readValueAsTree();
        Type type = type(record);
        tokens |= type != null && type.kind() == RecordKind.TOKEN;
        if (batch.size() == (tokens ? MAX_RECORDS_WITH_TOKENS : MAX_RECORDS)) {
          return tooMany(tokens);
        }
        decide(type, record, batch, dryRun);
      }
    }
    if (!found || parser.nextToken() != null) {
      return malformed();
    }
    return tokens && batch.size() > MAX_RECORDS_WITH_TOKENS ? tooMany(true) : null;
  }

  private void decide(@Nullable Type type, JsonNode record, Batch batch, boolean dryRun) {
    if (type == null) {
      batch.refuse(record, Refusal.of(524, "Type is neither event nor profile"));
      return;
    }
    Refusal refusal = type.check().check((ObjectNode) record);
    long digest = Digest.of(record);
    if (refusal == null && !dryRun) {
      refusal = faults.strike(batch.size() + 1, digest);
    }
    if (refusal == null) {
      batch.accept(type.kind(), record, digest);
    } else {
      batch.refuse(record, refusal);
    }
  }

  /** Null when the record says none that is known, or is no object. */
  private @Nullable Type type(JsonNode record) {
    return switch (record.path("type").asText()) {
      case "profile" -> profile;
      case "event" -> event;
      case "token" -> token;
      default -> null;
    };
  }

  private static Reply malformed() {
    return Reply.error(400, "Malformed request");
  }

  private static Reply tooMany(boolean tokens) {
    int most = tokens ? MAX_RECORDS_WITH_TOKENS : MAX_RECORDS;
    return Reply.error(400, "A request holds at most " + most + " records");
  }
}
