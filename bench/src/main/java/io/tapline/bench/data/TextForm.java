package io.tapline.bench.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How an export's rows are written, as Treasure Data writes them. */
public enum TextForm {
  CSV {
    @Override
    byte[] header(List<String> columns) {
      return line(',', columns.toArray(new @Nullable Object[0]));
    }

    @Override
    byte[] row(List<String> columns, @Nullable Object[] values) {
      return line(',', values);
    }
  },
  TSV {
    @Override
    byte[] header(List<String> columns) {
      return line('\t', columns.toArray(new @Nullable Object[0]));
    }

    @Override
    byte[] row(List<String> columns, @Nullable Object[] values) {
      return line('\t', values);
    }
  },
  JSONL {
    @Override
    byte[] header(List<String> columns) {
      return new byte[0];
    }

    @Override
    byte[] row(List<String> columns, @Nullable Object[] values) {
      Map<String, @Nullable Object> object = new LinkedHashMap<>();
      for (int i = 0; i < values.length; i++) {
        object.put(columns.get(i), values[i]);
      }
      return (json(object) + "\n").getBytes(StandardCharsets.UTF_8);
    }
  };

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** The ending of such an export's key, and of its file's name. */
  public String ending() {
    return "." + name().toLowerCase(Locale.ROOT);
  }

  /** The header line; empty where there is none. */
  abstract byte[] header(List<String> columns);

  /** The line of a row, with its line end. */
  abstract byte[] row(List<String> columns, @Nullable Object[] values);

  private static byte[] line(char delimiter, @Nullable Object[] values) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < values.length; i++) {
      if (i > 0) {
        line.append(delimiter);
      }
      append(line, delimiter, values[i]);
    }
    return line.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void append(StringBuilder line, char delimiter, @Nullable Object value) {
    if (value == null) {
      return;
    }
    String text = value instanceof List<?> list ? json(list) : value.toString();
    boolean quoted =
        text.isEmpty()
            || text.chars().anyMatch(c -> c == delimiter || c == '"' || c == '\n' || c == '\r');
    if (quoted) {
      line.append('"').append(text.replace("\"", "\"\"")).append('"');
    } else {
      line.append(text);
    }
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
