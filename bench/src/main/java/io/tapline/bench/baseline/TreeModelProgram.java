package io.tapline.bench.baseline;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * A CSV file of profiles to the bodies of calls, as one would write it in an afternoon: commons-csv
 * reads the rows and gives values by the columns' names, Jackson's tree model holds a batch of
 * records, {@code writeValueAsBytes} makes the body. One thread, no tricks, nothing that slows it
 * down on purpose. The types of the columns are written down here, as they are declared to Tapline
 * in the comparison, and the records are the same but for how a number is spelled. It checks
 * nothing, accounts for nothing and sends nothing; it is what Tapline's speed is compared with.
 */
public final class TreeModelProgram {

  private static final int ROWS_PER_BATCH = 1000;

  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).setNullString("").get();

  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS 'UTC'", Locale.ROOT);

  private static final Map<String, String> FIELDS =
      Map.of(
          "name", "Name",
          "email", "Email",
          "phone", "Phone",
          "gender", "Gender",
          "dob", "DOB");

  private final ObjectMapper json = new ObjectMapper();
  private long bytes;

  /** Makes all batches and returns the number of rows. */
  public long run(Path csv) throws IOException {
    long rows = 0;
    try (Reader text = Files.newBufferedReader(csv, StandardCharsets.UTF_8);
        CSVParser parser = FORMAT.parse(text)) {
      ArrayNode batch = json.createArrayNode();
      for (CSVRecord row : parser) {
        rows++;
        batch.add(profile(parser, row));
        if (batch.size() == ROWS_PER_BATCH) {
          finish(batch);
          batch = json.createArrayNode();
        }
      }
      if (!batch.isEmpty()) {
        finish(batch);
      }
    }
    return rows;
  }

  /** Bytes of all batches. */
  public long bytes() {
    return bytes;
  }

  private void finish(ArrayNode batch) throws IOException {
    bytes += json.writeValueAsBytes(json.createObjectNode().set("d", batch)).length;
  }

  private ObjectNode profile(CSVParser parser, CSVRecord row) throws IOException {
    ObjectNode data = json.createObjectNode();
    for (String column : parser.getHeaderNames()) {
      String value = row.get(column);
      if (value != null && !column.equals("identity")) {
        put(data, column, value);
      }
    }
    ObjectNode profile = json.createObjectNode();
    profile.put("type", "profile");
    profile.put("identity", row.get("identity"));
    profile.set("profileData", data);
    return profile;
  }

  private void put(ObjectNode data, String column, String value) throws IOException {
    String field = FIELDS.getOrDefault(column, column);
    switch (column) {
      case "ltv", "score" -> data.put(field, Double.parseDouble(value));
      case "orders" -> data.put(field, Long.parseLong(value));
      case "vip", "newsletter" -> data.put(field, Boolean.parseBoolean(value));
      case "dob", "last_order", "signup" ->
          data.put(
              field, "$D_" + LocalDateTime.parse(value, TIMESTAMP).toEpochSecond(ZoneOffset.UTC));
      case "tags" -> data.set(field, json.readTree(value));
      default -> data.put(field, value);
    }
  }
}
