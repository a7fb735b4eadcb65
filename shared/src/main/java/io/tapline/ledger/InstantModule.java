package io.tapline.ledger;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/**
 * Teaches Jackson instants as ISO-8601 text. It spares the functions the whole of Jackson's
 * date-time module for the one type that is used.
 */
public final class InstantModule extends SimpleModule {

  private static final long serialVersionUID = 1L;

  /** A module to register with a mapper. */
  public InstantModule() {
    addSerializer(Instant.class, ToStringSerializer.instance);
    addDeserializer(Instant.class, new Deserializer());
  }

  private static final class Deserializer extends StdScalarDeserializer<Instant> {

    private static final long serialVersionUID = 1L;

    Deserializer() {
      super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      try {
        return Instant.parse(parser.getText());
      } catch (DateTimeParseException e) {
        throw context.weirdStringException(parser.getText(), Instant.class, "not ISO-8601");
      }
    }
  }
}
