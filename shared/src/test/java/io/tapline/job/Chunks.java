package io.tapline.job;

import io.tapline.ledger.OpenRows;
import io.tapline.record.Mapped;
import io.tapline.record.Rejection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Records and fates in the short form of the tests of this package. */
final class Chunks {

  /** The row of the first record. */
  static final int FIRST_ROW = 11;

  private Chunks() {}

  /** A record for each letter, about the user of that letter; its JSON is the letter and place. */
  static List<Mapped> of(String users) {
    return IntStream.range(0, users.length())
        .mapToObj(
            i -> {
              String user = users.substring(i, i + 1);
              String json = "\"%s%d\"".formatted(user, i + 1);
              return new Mapped(FIRST_ROW + i, user, json.getBytes(StandardCharsets.UTF_8));
            })
        .toList();
  }

  /** The same as a chunk none of whose rows was refused. */
  static CheckedRows rows(String users) {
    List<Mapped> records = of(users);
    return new CheckedRows(
        records.stream().map(Mapped::row).toList(), records, List.of(), Set.of());
  }

  /** The fate of each record: {@code ok}, a code, or a state and a code. */
  static List<String> told(Fates fates) {
    int size = (int) fates.counts().read();
    List<String> told = new ArrayList<>(IntStream.range(0, size).mapToObj(i -> "-").toList());
    for (int i = 0; i < size; i++) {
      if (fates.mayBeTaken(i)) {
        told.set(i, "ok");
      }
    }
    for (Rejection refusal : fates.refusals()) {
      told.set((int) refusal.row() - FIRST_ROW, refusal.code());
    }
    for (OpenRows open : fates.open()) {
      for (long row : open.rows()) {
        told.set((int) row - FIRST_ROW, open.state() + "/" + open.code());
      }
    }
    return told;
  }
}
