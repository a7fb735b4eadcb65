package io.tapline.local.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
  private final AccountNames names = new AccountNames();
  private final RecordFaults faults;
  private final Tally tally;

  UploadEndpoint(StandInOptions options, Tally tally) {
    this.event =
        new Type(
            RecordKind.EVENT,
            new EventCheck(options.maxEventProperties(), options.discardedEvents()));
    this.maxConcurrency = options.maxConcurrency();
    this.faults = new RecordFaults(Api.UPLOAD, options.faults());
    this.tally = tally;
  }

  @Override
  public Api api() {
    return Api.UPLOAD;
  }

  @Override
  public int maxConcurrency() {
    return maxConcurrency;
  }

  @Override
  public Handled handle(Request request) {
    Reply problem = JsonPost.problem(request.head());
    if (problem != null) {
      return Handled.refused(problem);
    }
    try (Call call = new Call(request.head().hasParameter("dryRun=1"))) {
      problem = RecordReader.read(request.body(), call::take, call::maxRecords);
      return problem == null ? call.end() : Handled.refused(problem);
    }
  }

  /** One call while it is read. */
  private final class Call implements AutoCloseable {

    private final boolean dryRun;
    private final Batch batch;
    private final NameClaims claims = new NameClaims(names);
    private boolean hasTokens;
    private boolean stored;

    Call(boolean dryRun) {
      this.dryRun = dryRun;
      this.batch = new Batch(tally.isRecorded() && !dryRun);
    }

    int maxRecords() {
      return hasTokens ? MAX_RECORDS_WITH_TOKENS : MAX_RECORDS;
    }

    void take(JsonNode node) {
      Type type = type(node);
      if (type == null || !(node instanceof ObjectNode record)) {
        batch.refuse(node, Refusal.of(524, "Type is neither event nor profile"));
        return;
      }
      hasTokens |= type.kind() == RecordKind.TOKEN;
      long digest = Digest.of(record);
      Refusal refusal = refusal(type, record, digest);
      if (refusal == null) {
        batch.accept(type.kind(), record, digest);
      } else {
        batch.refuse(record, refusal);
      }
    }

    private @Nullable Refusal refusal(Type type, ObjectNode record, long digest) {
      Refusal refusal = type.check().check(record);
      if (refusal == null && !dryRun) {
        refusal = faults.strike(batch.size() + 1, digest);
      }
      return refusal == null ? claims.claim(type.kind(), record) : refusal;
    }

    Handled end() {
      if (dryRun) {
        return new Handled(batch.reply(), false);
      }
      stored = true;
      tally.store(batch);
      return new Handled(batch.reply(), batch.processed() > 0);
    }

    /** Gives back the names of what was not stored. */
    @Override
    public void close() {
      if (!stored) {
        claims.release();
      }
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
}
