package io.tapline.job;

import io.tapline.clevertap.Endpoint;
import io.tapline.clevertap.Refusal;
import io.tapline.clevertap.UploadAnswer;
import io.tapline.record.Mapped;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Records of a chunk that go out in one call.
 *
 * @param records their indexes in the chunk, in the order of the export; never none
 * @param again whether they were in a call before
 */
record Batch(List<Integer> records, boolean again) {

  private static final byte[] CLOSING = "]}".getBytes(StandardCharsets.US_ASCII);

  /** The first {@code size} records of a chunk, not sent yet. */
  static Batch first(int size) {
    return new Batch(IntStream.range(0, size).boxed().toList(), false);
  }

  /** Records that were sent before. */
  static Batch again(List<Integer> records) {
    return new Batch(records, true);
  }

  int size() {
    return records.size();
  }

  /** Both halves in the order of the export; of a single record, the record. */
  List<Batch> halves() {
    if (size() == 1) {
      return List.of(again(records));
    }
    int middle = size() / 2;
    return List.of(again(records.subList(0, middle)), again(records.subList(middle, size())));
  }

  /**
   * The records that an answer refuses, as far as it is clear which it means; of two refusals of
   * one record the first.
   */
  Map<Integer, Refusal> refused(UploadAnswer answer, List<Mapped> chunk) {
    Map<Integer, Refusal> refused = new TreeMap<>();
    for (Refusal refusal : answer.refusals()) {
      recordOf(refusal, chunk).ifPresent(record -> refused.putIfAbsent(record, refusal));
    }
    return refused;
  }

  /** The body of the call to an endpoint, as <code>{"d":[…]}</code>. */
  byte[] body(Endpoint endpoint, List<Mapped> chunk) {
    byte[] opening = ("{\"" + endpoint.list() + "\":[").getBytes(StandardCharsets.US_ASCII);
    int content = records.stream().mapToInt(record -> chunk.get(record).bytes().length + 1).sum();
    ByteArrayOutputStream body = new ByteArrayOutputStream(opening.length + content + 1);
    body.writeBytes(opening);
    for (int i = 0; i < size(); i++) {
      if (i > 0) {
        body.write(',');
      }
      body.writeBytes(chunk.get(records.get(i)).bytes());
    }
    body.writeBytes(CLOSING);
    return body.toByteArray();
  }

  /** The record that a refusal means: by its place in the call, else by who it is about. */
  private OptionalInt recordOf(Refusal refusal, List<Mapped> chunk) {
    Integer position = refusal.position();
    if (position != null) {
      return position >= 1 && position <= size()
          ? OptionalInt.of(records.get(position - 1))
          : OptionalInt.empty();
    }
    if (size() == 1) {
      return OptionalInt.of(records.getFirst());
    }
    int[] ofUser =
        records.stream()
            .mapToInt(Integer::intValue)
            .filter(record -> chunk.get(record).user().equals(refusal.user()))
            .limit(2)
            .toArray();
    return ofUser.length == 1 ? OptionalInt.of(ofUser[0]) : OptionalInt.empty();
  }
}
