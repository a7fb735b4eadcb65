package io.tapline.local.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/**
 * Users that are to be taken apart, overnight. A call is taken as a whole or not at all: its reply
 * names no records.
 */
final class DemergeEndpoint implements Endpoint {

  private static final int MAX_IDENTITIES = 100;

  private final Tally tally;

  DemergeEndpoint(Tally tally) {
    this.tally = tally;
  }

  @Override
  public Api api() {
    return Api.DEMERGE;
  }

  @Override
  public Handled handle(Request request) {
    Reply problem = JsonPost.problem(request.head());
    if (problem != null) {
      return Handled.refused(problem);
    }
    JsonNode identities = Json.read(request.body()).path("identities");
    if (!identities.isArray() || !identities.valueStream().allMatch(DemergeEndpoint::isIdentity)) {
      return Handled.refused(RecordReader.malformed());
    }
    if (identities.isEmpty() || identities.size() > MAX_IDENTITIES) {
      return Handled.refused(
          Reply.error(400, "A request holds 1 to " + MAX_IDENTITIES + " identities"));
    }
    Batch batch = new Batch(tally.isRecorded());
    identities.forEach(identity -> batch.accept(RecordKind.DEMERGE, identity, Digest.of(identity)));
    tally.store(batch);
    return new Handled(
        Reply.json(200, JsonNodeFactory.instance.objectNode().put("status", "success")), true);
  }

  private static boolean isIdentity(JsonNode identity) {
    return identity.isTextual()
        && !identity.textValue().isBlank()
        && identity.textValue().length() <= AddressCheck.MAX_CHARACTERS;
  }
}
