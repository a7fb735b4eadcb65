package io.tapline.record;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tapline.export.JsonLine;
import io.tapline.export.JsonRow;
import io.tapline.export.Row;
import io.tapline.sync.ArrayPropertyOperation;
import io.tapline.sync.ColumnType;
import io.tapline.sync.RecordKind;
import io.tapline.sync.Sync;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Any cells, or any object, as a row. It is mapped without a failure, to one record or one
 * rejection, the same ones each time; the check in staging says so, too; and a record is JSON
 * within CleverTap's limits.
 */
public final class MapperFuzzTarget {

  private static final JsonMapper STRICT =
      JsonMapper.builder(
              JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final List<String> PROFILE =
      List.of(
          "identity",
          "objectid",
          "ts",
          "email",
          "phone",
          "gender",
          "dob",
          "age",
          "msg-push",
          "a",
          "tags",
          "when",
          "ltv",
          "vip");

  private static final List<String> EVENT =
      List.of("identity", "objectId", "ts", "evtname", "a", "items[0].b", "items[1].c", "when");

  private static final Map<String, ColumnType> PROFILE_TYPES =
      Map.of(
          "tags",
          ColumnType.LIST,
          "when",
          ColumnType.DATE,
          "ltv",
          ColumnType.NUMBER,
          "vip",
          ColumnType.BOOLEAN);

  private MapperFuzzTarget() {}

  /** One try; a failure is a finding. */
  public static void fuzzerTestOneInput(FuzzedDataProvider data) {
    boolean events = data.consumeBoolean();
    ArrayPropertyOperation lists = data.pickValue(ArrayPropertyOperation.values());
    Sync sync =
        events
            ? Fixture.events().maxEventProperties(3).types(Map.of("when", ColumnType.DATE)).sync()
            : Fixture.profiles().lists(lists).types(PROFILE_TYPES).sync();
    if (data.consumeBoolean()) {
      List<String> header = events ? EVENT : PROFILE;
      String[] cells = new String[header.size()];
      for (int i = 0; i < cells.length; i++) {
        cells[i] =
            data.consumeInt(0, 3) == 0 ? null : valid(data.consumeString(data.consumeInt(0, 600)));
      }
      check(sync, Columns.of(sync, header), Fixture.row(7, cells));
    } else {
      String line = valid(data.consumeRemainingAsString());
      try {
        if (JsonLine.parse(line) instanceof ObjectNode object) {
          check(sync, Columns.of(sync, List.of()), new JsonRow(7, line, object));
        }
      } catch (JsonProcessingException e) {
        // no row: the reader's own tests look at it
      }
    }
  }

  /** What UTF-8 can hold, as all that an export's reader hands on. */
  private static String valid(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  private static void check(Sync sync, Columns columns, Row row) {
    TypeTally tally = new TypeTally(columns);
    tally.add(row);
    ColumnTypes types = tally.decide(Map.of());
    RecordMapper mapper = RecordMapper.of(sync, columns, types, Fixture.LAST_MODIFIED);
    MappedRow mapped = mapper.map(row);
    require(Fixture.told(mapped).equals(Fixture.told(mapper.map(row))), "another answer");
    require(LaneKey.of(columns).lane(row, 10) < 10, "no lane");

    RowCheck check = RowCheck.of(sync, columns, Fixture.LAST_MODIFIED);
    long invalid =
        check.check(row).isPresent()
            ? 1
            : check.rejectionsIf(types).stream().mapToLong(RowCheck.InvalidRows::count).sum();
    switch (mapped) {
      case Rejection rejection -> {
        require(invalid == 1, "rejected only by the worker: " + rejection.code());
        require(rejection.row() == 7 && !rejection.reason().isBlank(), "whose, and why?");
        require(rejection.reason().length() < 1000, "a reason of many words");
      }
      case Mapped sent -> {
        require(invalid == 0, "rejected only in staging");
        require(sent.row() == 7 && !sent.user().isEmpty(), "whose?");
        checkRecord(sync.kind(), sent.bytes());
      }
    }
  }

  private static void checkRecord(RecordKind kind, byte[] json) {
    JsonNode record;
    try {
      record = STRICT.readTree(json);
    } catch (IOException e) {
      throw new AssertionError("no JSON", e);
    }
    require(record.isObject(), "no object");
    require(record.hasNonNull("identity") != record.hasNonNull("objectId"), "none, or two users");
    for (String id : List.of("identity", "objectId")) {
      require(record.path(id).asText().length() <= 1024, id + " is too long");
    }
    boolean isEvent = kind == RecordKind.EVENT;
    require(record.path("type").asText().equals(isEvent ? "event" : "profile"), "of another type");
    if (record.has("ts")) {
      require(record.path("ts").asLong() > 0 && record.path("ts").asLong() < 1e10, "no time");
    }
    checkProperties(record.path(isEvent ? "evtData" : "profileData"), isEvent, 0);
  }

  private static void checkProperties(JsonNode properties, boolean isEvent, int depth) {
    for (Map.Entry<String, JsonNode> property : properties.properties()) {
      String key = property.getKey();
      require(!key.isBlank() && bytes(key) <= 120, "a key of " + bytes(key) + " bytes");
      JsonNode value = property.getValue();
      require(!value.isNull(), "a null");
      if (value.isArray() && isEvent) {
        require(key.equals("Items") && depth == 0, "an array");
        value.forEach(item -> checkProperties(item, true, 1));
      } else if (value.isContainerNode()) {
        require(!isEvent, "an object");
        checkList(value.isObject() ? value.elements().next() : value);
      } else {
        require(
            !value.isTextual() || bytes(value.textValue()) <= 512 || key.equals("identity"),
            "a value of " + bytes(value.asText()) + " bytes");
      }
    }
  }

  private static void checkList(JsonNode list) {
    require(list.isArray() && list.size() <= 100, "no list, or a long one");
    list.forEach(item -> require(item.isTextual() && bytes(item.asText()) <= 512, "an item"));
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new AssertionError(otherwise);
    }
  }
}
