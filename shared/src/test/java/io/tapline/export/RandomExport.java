package io.tapline.export;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Exports that nobody would think of, the same ones for the same seed. */
final class RandomExport {

  private static final String[] PIECES = {
    "a",
    "bc",
    "7",
    " ",
    "\"",
    "'",
    "\\",
    ",",
    ",",
    "\n",
    "\r",
    "\r\n",
    "é",
    "€",
    "😀",
    "名前",
    "a longer piece of plain text, as most are",
    "\t",
    "\u0001",
    "\\N"
  };
  private static final String[] LINE_ENDS = {"\r\n", "\n", "\r"};

  private final Random random;

  RandomExport(long seed) {
    this.random = new Random(seed);
  }

  /** Well-formed standard CSV, with a header line. */
  byte[] csv(int rows) {
    int columns = 1 + random.nextInt(4);
    StringBuilder text = new StringBuilder(random.nextInt(4) == 0 ? "\uFEFF" : "");
    for (int row = 0; row <= rows; row++) {
      for (int column = 0; column < columns; column++) {
        text.append(column == 0 ? "" : ",").append(cell(columns == 1));
      }
      text.append(row < rows || random.nextBoolean() ? lineEnd() : "");
    }
    return Exports.bytes(text.toString());
  }

  private String cell(boolean isAlone) {
    StringBuilder cell = new StringBuilder();
    int pieces = random.nextInt(5);
    for (int i = 0; i < pieces; i++) {
      cell.append(PIECES[random.nextInt(PIECES.length)]);
    }
    String text = cell.toString();
    boolean isQuoted =
        random.nextInt(3) == 0
            || text.indexOf('"') >= 0
            || text.indexOf(',') >= 0
            || text.indexOf('\n') >= 0
            || text.indexOf('\r') >= 0
            || (isAlone && text.isEmpty());
    return isQuoted ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }

  private String lineEnd() {
    return LINE_ENDS[random.nextInt(LINE_ENDS.length)];
  }

  /** CSV of which some rows are broken, each in another way. */
  byte[] csvWithBrokenRows(int rows) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    text.writeBytes(Exports.bytes("a,b\n"));
    for (int row = 0; row < rows; row++) {
      String cells =
          switch (random.nextInt(8)) {
            case 0 -> "M\u00FCller,x";
            case 1 -> "x\u0000,y";
            case 2 -> "x";
            case 3 -> "x,y,z";
            case 4 -> "";
            case 5 -> "\"\r\n\"\"\",\"\u00C3\u00A9\n\r\"";
            default -> "x,y";
          };
      text.writeBytes(Exports.latin1(cells + lineEnd()));
    }
    return text.toByteArray();
  }

  byte[] jsonl(int rows) {
    StringBuilder text = new StringBuilder();
    for (int row = 0; row < rows; row++) {
      text.append(
              switch (random.nextInt(6)) {
                case 0 -> "";
                case 1 -> " \t";
                case 2 -> "[1]";
                case 3 -> "{\"名\":\"é😀\"}";
                default -> "{\"a\":" + random.nextInt() + "}";
              })
          .append(random.nextBoolean() ? "\n" : "\r\n");
    }
    return Exports.bytes(text.toString());
  }

  /** Bytes of all kinds that mean something to a reader, in no order. */
  byte[] bytes(int length) {
    byte[] kinds = Exports.latin1("aaaa,,\"\"\\\\\r\n\n\0N{}é\u00C3\u00A9\u00E2\u0082\u00AC");
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = kinds[random.nextInt(kinds.length)];
    }
    return bytes;
  }

  /** The text in one to six gz members, split anywhere; one of them may be empty. */
  byte[] gzip(byte[] text) {
    List<Integer> ends = new ArrayList<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      ends.add(random.nextInt(text.length + 1));
    }
    ends.add(text.length);
    ends.sort(null);
    byte[] object = new byte[0];
    int start = 0;
    for (int end : ends) {
      object = Exports.concat(object, Exports.gzip(Arrays.copyOfRange(text, start, end)));
      start = end;
    }
    return object;
  }
}
