package io.tapline.local.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * Subscriptions or disassociations: calls that change all users of a phone number or e-mail
 * address. For subscriptions the form of the reply is assumed.
 */
final class ContactEndpoint implements Endpoint {

  private static final int MAX_RECORDS = 1000;

  private final Api api;
  private final RecordKind kind;
  private final RecordCheck check;
  private final RecordFaults faults;
  private final Tally tally;

  private ContactEndpoint(Api api, RecordKind kind, RecordCheck check, Faults faults, Tally tally) {
    this.api = api;
    this.kind = kind;
    this.check = check;
    this.faults = new RecordFaults(api, faults);
    this.tally = tally;
  }

  static ContactEndpoint subscriptions(Faults faults, Tally tally) {
    return new ContactEndpoint(
        Api.SUBSCRIBE, RecordKind.SUBSCRIPTION, new SubscriptionCheck(), faults, tally);
  }

  static ContactEndpoint disassociations(Faults faults, Tally tally) {
    return new ContactEndpoint(
        Api.DISASSOCIATE, RecordKind.DISASSOCIATION, new DisassociationCheck(), faults, tally);
  }

  @Override
  public Api api() {
    return api;
  }

  @Override
  public Handled handle(Request request) {
    Reply problem = JsonPost.problem(request.head());
    if (problem != null) {
      return Handled.refused(problem);
    }
    Batch batch = new Batch(tally.isRecorded());
    problem = RecordReader.read(request.body(), node -> take(node, batch), () -> MAX_RECORDS);
    if (problem != null) {
      return Handled.refused(problem);
    }
    if (batch.size() == 0) {
      return Handled.refused(Reply.error(400, "A request holds at least 1 record")); // assumed
    }
    tally.store(batch);
    return new Handled(batch.reply(), batch.processed() > 0);
  }

  private void take(JsonNode node, Batch batch) {
    if (!(node instanceof ObjectNode record)) {
      batch.refuse(node, Refusal.of(512, "Record is no object"));
      return;
    }
    long digest = Digest.of(record);
    Refusal refusal = refusal(record, batch.size() + 1, digest);
    if (refusal == null) {
      batch.accept(kind, record, digest);
    } else {
      batch.refuse(record, refusal);
    }
  }

  private @Nullable Refusal refusal(ObjectNode record, int number, long digest) {
    Refusal refusal = check.check(record);
    return refusal == null ? faults.strike(number, digest) : refusal;
  }
}
