package io.tapline.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** Exports for tests: users {@code u-0}, {@code u-1} … in turn, each with {@code seq} 0, 1 … */
final class Exports {

  /** The settings of a sync of {@link #profiles} that one of {@link #events} has not. */
  static final String PROFILES = "\"operation\": \"UPLOAD_USER_PROFILES\",";

  private Exports() {}

  /** Writes profiles: {@code users} × {@code rowsEach} rows. */
  static Path profiles(Path file, int users, int rowsEach) {
    return profiles(file, users, rowsEach, 0);
  }

  /** Writes profiles that have so many columns with 500 bytes each beside the others. */
  static Path profiles(Path file, int users, int rowsEach, int longColumns) {
    StringBuilder header = new StringBuilder("identity,seq,city");
    for (int i = 0; i < longColumns; i++) {
      header.append(",long_").append(i);
    }
    String longValue = "," + "x".repeat(500);
    return write(
        file, header.toString(), users, rowsEach, "u-%d,%d,Pune" + longValue.repeat(longColumns));
  }

  /** Writes events: {@code users} × {@code rowsEach} rows. */
  static Path events(Path file, int users, int rowsEach) {
    return write(file, "evtname,identity,seq", users, rowsEach, "Viewed,u-%d,%d");
  }

  private static Path write(Path file, String header, int users, int rowsEach, String row) {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write(header + "\n");
      for (int seq = 0; seq < rowsEach; seq++) {
        for (int user = 0; user < users; user++) {
          out.write(row.formatted(user, seq) + "\n");
        }
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The user of a record. */
  static String user(JsonNode record) {
    return record.path("identity").asText();
  }

  /** The {@code seq} of a record. */
  static int seq(JsonNode record) {
    return record.path(record.has("evtData") ? "evtData" : "profileData").path("seq").asInt(-1);
  }

  /** User and {@code seq}, which together name one row. */
  static String row(JsonNode record) {
    return user(record) + " " + seq(record);
  }

  /** The rows of a whole export, in its order. */
  static List<String> rows(int users, int rowsEach) {
    return IntStream.range(0, users * rowsEach)
        .mapToObj(i -> "u-%d %d".formatted(i % users, i / users))
        .toList();
  }
}
