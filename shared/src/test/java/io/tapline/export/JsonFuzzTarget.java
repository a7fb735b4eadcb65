package io.tapline.export;

import io.tapline.chunk.ChunkBuffer;
import io.tapline.chunk.StoredRows;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Any bytes as an export of JSONL; the first one says where reading is broken off. No failure; a
 * row for each line that is not blank; the same rows after a resume, and out of a chunk.
 */
public final class JsonFuzzTarget {

  private JsonFuzzTarget() {}

  /** One try; a failure is a finding. */
  public static void fuzzerTestOneInput(byte[] data) throws IOException {
    if (data.length < 1) {
      return;
    }
    byte[] text = Arrays.copyOfRange(data, 1, data.length);
    List<ReadPosition> positions = new ArrayList<>();
    List<String> rows;
    Header header;
    try (ExportReader reader = Exports.open(text, Exports.JSONL)) {
      header = reader.header();
      if (header.rejectsFile()) {
        return; // such a file is CSV, whatever the format says
      }
      rows = Reading.rows(reader, positions);
    } catch (UnreadableExportException e) {
      Reading.require(e.code().equals("UNCLOSED_QUOTE"), e.code()); // in a file of rejected rows
      return;
    }
    Reading.require(rows.size() == linesThatAreNotBlank(text), "lines are missing");
    int from = (data[0] & 0xFF) % positions.size();
    byte[] rest =
        Arrays.copyOfRange(text, Math.toIntExact(positions.get(from).memberOffset()), text.length);
    try (ExportReader reader =
        ExportReader.open(
            new ByteArrayInputStream(rest), Exports.JSONL, positions.get(from), header)) {
      Reading.require(
          Reading.rows(reader, new ArrayList<>()).equals(rows.subList(from, rows.size())),
          "other rows after a resume at row " + from);
    }
    Reading.require(storedAndRead(text).equals(rows), "other rows out of a chunk");
  }

  private static List<String> storedAndRead(byte[] text) throws IOException {
    ChunkBuffer chunk = new ChunkBuffer(Integer.MAX_VALUE);
    try (ExportReader reader = Exports.open(text, Exports.JSONL)) {
      for (Row row = reader.next(); row != null; row = reader.next()) {
        chunk.add(row);
      }
    }
    return StoredRows.unpack(StoredRows.pack(chunk.drain())).stream().map(Exports::show).toList();
  }

  /** Without a byte order mark at the start of the text. */
  private static long linesThatAreNotBlank(byte[] text) {
    String latin = new String(text, StandardCharsets.ISO_8859_1);
    String lines = latin.startsWith("\u00EF\u00BB\u00BF") ? latin.substring(3) : latin;
    return Arrays.stream(lines.split("\n", -1)).filter(line -> !line.matches("[ \t\r]*")).count();
  }
}
