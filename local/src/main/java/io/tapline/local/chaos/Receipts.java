package io.tapline.local.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapline.local.chaos.Export.ExportRow;
import io.tapline.local.standin.RecordKind;
import io.tapline.local.standin.Recorder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What CleverTap took, by row. For one thread at a time, as the stand-in calls it. */
final class Receipts implements Recorder {

  private final Map<Long, ExportRow> expected = new HashMap<>();
  private final Map<Long, Integer> times = new HashMap<>();
  private final Map<String, Long> lastOfUser = new HashMap<>();
  private final List<String> strangers = new ArrayList<>();

  /** Receipts for the records of these exports. */
  Receipts(List<Export> exports) {
    for (Export export : exports) {
      export.rows().forEach(row -> expected.put(row.id(), row));
    }
  }

  @Override
  public void accepted(RecordKind kind, JsonNode record) {
    JsonNode data = record.path(kind == RecordKind.EVENT ? "evtData" : "profileData");
    long id = data.path("seq").asLong();
    ExportRow row = expected.get(id);
    if (row == null
        || !row.good()
        || !record.path("identity").asText().equals(row.user())
        || !data.path("note").asText().equals(row.note())) {
      strangers.add("CleverTap took a record that no good row of the export makes: seq " + id);
      return;
    }
    times.merge(id, 1, Integer::sum);
    lastOfUser.put(row.user(), id);
  }

  /** How often a row was taken. */
  int times(ExportRow row) {
    return times.getOrDefault(row.id(), 0);
  }

  /** The id of the row of a user that was taken last; 0 when none was. */
  long lastOf(String user) {
    return lastOfUser.getOrDefault(user, 0L);
  }

  /** What was taken that should not be. */
  List<String> strangers() {
    return strangers;
  }
}
