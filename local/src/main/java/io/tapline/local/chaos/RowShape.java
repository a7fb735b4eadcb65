package io.tapline.local.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapline.local.chaos.Export.ExportRow;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a row looks like in the export, and the record that CleverTap takes of it. Where a record
 * can carry no more than a user, each row has a user of its own.
 */
enum RowShape {
  PROFILE {
    @Override
    Map<String, Object> columns(ExportRow row) {
      return inOrder(
          "identity", row.user(),
          "Email", row.good() ? row.user() + "@example.com" : "nobody",
          "seq", row.id(),
          "note", row.note());
    }

    @Override
    long idOf(JsonNode record) {
      return record.path("profileData").path("seq").asLong();
    }

    @Override
    boolean isOf(ExportRow row, JsonNode record) {
      return record.path("identity").asText().equals(row.user())
          && record.path("profileData").path("note").asText().equals(row.note());
    }

    @Override
    String user(int drawn, long id) {
      return "u" + drawn;
    }
  },
  EVENT {
    @Override
    Map<String, Object> columns(ExportRow row) {
      return inOrder(
          "identity", row.user(),
          "evtName", row.good() ? "Viewed" : "App Launched",
          "seq", row.id(),
          "note", row.note());
    }

    @Override
    long idOf(JsonNode record) {
      return record.path("evtData").path("seq").asLong();
    }

    @Override
    boolean isOf(ExportRow row, JsonNode record) {
      return record.path("identity").asText().equals(row.user())
          && record.path("evtData").path("note").asText().equals(row.note());
    }

    @Override
    String user(int drawn, long id) {
      return "u" + drawn;
    }
  },
  TOKEN {
    @Override
    Map<String, Object> columns(ExportRow row) {
      return inOrder(
          "objectId",
          row.user(),
          "id",
          "token-" + row.id(),
          "type",
          row.good() ? "fcm" : "pager",
          "note",
          row.note());
    }

    @Override
    long idOf(JsonNode record) {
      return number(record.path("tokenData").path("id"));
    }

    @Override
    boolean isOf(ExportRow row, JsonNode record) {
      return record.path("objectId").asText().equals(row.user());
    }

    @Override
    String user(int drawn, long id) {
      return "u" + drawn;
    }
  },
  DEMERGED_USER {
    @Override
    Map<String, Object> columns(ExportRow row) {
      return inOrder("identity", row.good() ? row.user() : "none", "note", row.note());
    }

    @Override
    long idOf(JsonNode record) {
      return number(record);
    }
  },
  SUBSCRIPTION {
    @Override
    Map<String, Object> columns(ExportRow row) {
      return inOrder(
          "type",
          "email",
          "value",
          row.user() + "@example.com",
          "status",
          row.good() ? "Unsubscribe" : "Leave");
    }

    @Override
    long idOf(JsonNode record) {
      return number(record.path("value"));
    }

    @Override
    boolean isOf(ExportRow row, JsonNode record) {
      return record.path("status").asText().equals("Unsubscribe");
    }
  },
  PHONE_NUMBER {
    @Override
    Map<String, Object> columns(ExportRow row) {
      return inOrder("value", (row.good() ? "+" : "") + (FIRST_NUMBER + row.id()));
    }

    @Override
    long idOf(JsonNode record) {
      return number(record.path("value")) - FIRST_NUMBER;
    }
  },
  LIST_MEMBER {
    @Override
    Map<String, Object> columns(ExportRow row) {
      return inOrder("type", row.good() ? "i" : "x", "identity", "u" + row.id());
    }

    @Override
    long idOf(JsonNode record) {
      return number(record);
    }

    @Override
    boolean isOf(ExportRow row, JsonNode record) {
      return record.asText().equals("i,u" + row.id());
    }

    // The list is taken whole, so that the last word is that on the list.
    @Override
    String user(int drawn, long id) {
      return "the list";
    }
  };

  private static final long FIRST_NUMBER = 919_000_000_000L;

  /** The row's texts and numbers, by column. */
  abstract Map<String, Object> columns(ExportRow row);

  /** The id of the row that a record was made of; of a record of another shape it is no row's. */
  abstract long idOf(JsonNode record);

  /** Whether all else of a record is that of its row, too. */
  boolean isOf(ExportRow row, JsonNode record) {
    return true;
  }

  /**
   * Of whom a row tells: of rows with the same one the last counts.
   *
   * @param drawn some user
   * @param id the row's
   */
  String user(int drawn, long id) {
    return "u" + id;
  }

  static Map<String, Object> inOrder(Object... namesAndValues) {
    Map<String, Object> columns = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      columns.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return columns;
  }

  /** All digits of a text; 0 when it has none. */
  static long number(JsonNode text) {
    String digits = text.asText().replaceAll("[^0-9]", "");
    return digits.isEmpty() ? 0 : Long.parseLong(digits);
  }
}
