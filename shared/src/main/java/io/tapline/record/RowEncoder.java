package io.tapline.record;

import io.tapline.export.BrokenRow;
import io.tapline.export.DelimitedRow;
import io.tapline.export.JsonRow;
import io.tapline.export.Row;
import io.tapline.sync.Sync;
import java.time.Instant;
import java.util.List;

/**
 * Turns rows into records, one at a time, in a buffer that it keeps. Mapping and checking share it,
 * so that the two can't disagree. Not thread-safe.
 */
final class RowEncoder {

  private final RecordShape shape;
  private final DelimitedView delimited;
  private final JsonView json;
  private final RecordJson out = new RecordJson(1024);

  /**
   * @param fields one for each of the columns, in their order
   */
  RowEncoder(Sync sync, Columns columns, List<Field> fields, Instant lastModified) {
    this.shape =
        switch (columns.kind()) {
          case PROFILE -> new ProfileShape();
          case EVENT -> new EventShape(sync.maxEventProperties(), lastModified);
          case TOKEN -> new TokenShape();
          case DEMERGE -> new DemergeShape();
          case SUBSCRIPTION -> new SubscriptionShape(sync.allowWhatsApp());
          case DISASSOCIATION -> new DisassociationShape();
          case LIST_MEMBER -> new ListMemberShape();
        };
    this.delimited = new DelimitedView(fields);
    this.json =
        new JsonView(
            columns,
            new JsonValues(columns.kind(), new ValueWriters(sync.arrayPropertyOperation())));
  }

  /** Encodes a row; its bytes are there until the next one. */
  Encoded encode(Row row) {
    return switch (row) {
      case BrokenRow broken -> new Fault(broken.code(), null, broken.reason());
      case DelimitedRow fields -> {
        delimited.show(fields);
        yield write(delimited);
      }
      case JsonRow fields -> {
        Fault fault = json.show(fields);
        yield fault == null ? write(json) : fault;
      }
    };
  }

  /** The record of the row that was encoded last, if it was no fault. */
  byte[] bytes() {
    return out.toBytes();
  }

  private Encoded write(RowView row) {
    out.clear(); // after a fault it holds a part of a record that nobody wants
    return shape.write(row, out);
  }
}
