package io.tapline.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import io.tapline.export.BrokenRow;
import io.tapline.export.DelimitedRow;
import io.tapline.export.JsonRow;
import io.tapline.export.Row;
import io.tapline.sync.Sync;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns rows into records, one at a time, in a buffer that it keeps. Mapping and checking share it,
 * so that the two can't disagree. Not thread-safe.
 */
final class RowEncoder {

  private static final JsonFactory JSON =
      new JsonFactoryBuilder().rootValueSeparator((SerializableString) null).build();

  private final RecordShape shape;
  private final DelimitedView delimited;
  private final JsonView json;
  private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(1024);
  private @Nullable JsonGenerator generator;

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
    return buffer.toByteArray();
  }

  private Encoded write(RowView row) {
    try {
      buffer.reset();
      if (generator == null) {
        generator = JSON.createGenerator(buffer);
      }
      Encoded encoded = shape.write(row, generator);
      if (encoded instanceof Fault) {
        generator = null; // it stands in the middle of a record that nobody wants
      } else {
        generator.flush();
      }
      return encoded;
    } catch (IOException e) {
      throw new UncheckedIOException("A record could not be written to memory", e);
    }
  }
}
