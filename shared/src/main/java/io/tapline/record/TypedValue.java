package io.tapline.record;

import org.jspecify.annotations.Nullable;

/** The values of the types that are sent as one scalar. */
enum TypedValue implements ValueWriter {
  STRING {
    @Override
    public @Nullable Fault write(Field field, TextSlice text, RecordJson out) {
      if (text.length() > MAX_BYTES) {
        return Fault.tooLong(field.column());
      }
      out.key(field.key());
      text.writeTo(out);
      return null;
    }

    @Override
    public boolean leavesOut(TextSlice text) {
      return false;
    }
  },

  /** Sent as it is written, so that no digit changes; a declared number may have more than 15. */
  NUMBER {
    @Override
    public @Nullable Fault write(Field field, TextSlice text, RecordJson out) {
      if (leavesOut(text)) {
        return null;
      }
      if (!Numbers.isNumber(text)) {
        return mismatch(field, text, "a number such as 12, -0.5 or 1.0E7");
      }
      out.key(field.key());
      text.writeRawTo(out);
      return null;
    }
  },

  BOOLEAN {
    @Override
    public @Nullable Fault write(Field field, TextSlice text, RecordJson out) {
      if (leavesOut(text)) {
        return null;
      }
      boolean yes = text.is("1") || text.isIgnoringCase("true");
      if (!yes && !text.is("0") && !text.isIgnoringCase("false")) {
        return mismatch(field, text, "a boolean: true, false, 1 or 0");
      }
      out.key(field.key());
      out.value(yes ? "true" : "false");
      return null;
    }
  },

  DATE {
    @Override
    public @Nullable Fault write(Field field, TextSlice text, RecordJson out) {
      if (leavesOut(text)) {
        return null;
      }
      long seconds = Timestamps.dateSeconds(text);
      if (seconds == Timestamps.NONE) {
        return mismatch(
            field,
            text,
            "a date such as 2020-08-01, 2020-08-01 00:00:00, 2020-08-01T00:00:00Z or 1596240000");
      }
      out.key(field.key());
      out.date(seconds);
      return null;
    }
  };

  private static Fault mismatch(Field field, TextSlice text, String expected) {
    return Fault.unexpected(Codes.TYPE_MISMATCH, field.column(), text, expected);
  }
}
