package io.tapline.export;

import static io.tapline.export.Exports.CSV;
import static io.tapline.export.Exports.bytes;
import static io.tapline.export.Exports.concat;
import static io.tapline.export.Exports.gzip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of gz. */
class GzipExportTest {

  private static final byte[] FIRST = gzip(bytes("a,b\n1,"));
  private static final byte[] SECOND = gzip(bytes("2\n3,4\n"));
  private static final byte[] EMPTY = gzip(new byte[0]);
  private static final int HEADER = 10;

  @ParameterizedTest(name = "{0}")
  @MethodSource("readable")
  void becomesRows(String rule, byte[] object) throws IOException {
    assertThat(Exports.read(object, Exports.gz(CSV))).containsExactly("1 [1][2]", "2 [3][4]");
  }

  static Stream<Arguments> readable() {
    byte[] extra = {4, 0, 1, 2, 3, 4};
    return Stream.of(
        arguments("one member", gzip(bytes("a,b\n1,2\n3,4\n"))),
        arguments("two members", concat(FIRST, SECOND)),
        arguments("empty members", concat(EMPTY, FIRST, EMPTY, EMPTY, SECOND, EMPTY)),
        arguments("zeros behind", concat(FIRST, SECOND, new byte[5])),
        arguments("FTEXT", concat(withFlags(FIRST, 1), SECOND)),
        arguments("FEXTRA", concat(withFlags(FIRST, 4, extra), SECOND)),
        arguments("FNAME", concat(withFlags(FIRST, 8, bytes("name\0")), SECOND)),
        arguments("FCOMMENT", concat(FIRST, withFlags(SECOND, 16, bytes("comment\0")))),
        arguments("FHCRC", concat(withHeaderChecksum(FIRST, 2), SECOND)),
        arguments(
            "all flags", concat(FIRST, withHeaderChecksum(SECOND, 31, extra, bytes("name\0\0")))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("unreadable")
  void isUnreadable(String rule, byte[] object, String code, String message) {
    assertThatThrownBy(() -> Exports.read(object, Exports.gz(CSV)))
        .isInstanceOfSatisfying(
            UnreadableExportException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining(message);
  }

  static Stream<Arguments> unreadable() {
    int first = FIRST.length;
    int both = first + SECOND.length;
    String secondStarts = "starts at byte " + first;
    return Stream.of(
        arguments("no bytes", new byte[0], "EMPTY_EXPORT", "0 bytes"),
        arguments("no text", EMPTY, "EMPTY_EXPORT", "0 bytes of text"),
        arguments("plain", bytes("a,b\n1,2\n"), "NOT_GZIP", "format.compression"),
        arguments("half of the magic", bytes("\u001f,b\n"), "NOT_GZIP", "format.compression"),
        arguments("zeros only", new byte[30], "NOT_GZIP", "format.compression"),
        arguments("cut: magic", cut(FIRST, first - 1), "TRUNCATED_GZIP", "ends at byte 1,"),
        arguments("cut: header", cut(FIRST, first - 5), "TRUNCATED_GZIP", "ends at byte 5,"),
        arguments("cut: text", cut(FIRST, 10), "TRUNCATED_GZIP", "starts at byte 0;"),
        arguments("cut: checksum", cut(FIRST, 6), "TRUNCATED_GZIP", "starts at byte 0;"),
        arguments("cut: length", cut(FIRST, 1), "TRUNCATED_GZIP", "starts at byte 0;"),
        arguments(
            "cut: second",
            cut(concat(FIRST, SECOND), 1),
            "TRUNCATED_GZIP",
            "ends at byte %d, within the gz member that %s;".formatted(both - 1, secondStarts)),
        arguments(
            "cut: name",
            cut(concat(FIRST, withFlags(SECOND, 8, bytes("name"))), SECOND.length - HEADER),
            "TRUNCATED_GZIP",
            secondStarts),
        arguments(
            "damaged: second's magic", flip(first), "CORRUPT_GZIP", "does not begin like a member"),
        arguments(
            "damaged: second's magic, 2",
            flip(first + 1),
            "CORRUPT_GZIP",
            "does not begin like a member"),
        arguments("damaged: method", flip(first + 2), "CORRUPT_GZIP", "compression method"),
        arguments("damaged: reserved flags", flip(first + 3), "CORRUPT_GZIP", "flag"),
        arguments("damaged: deflate", flip(first + HEADER), "CORRUPT_GZIP", "does not inflate"),
        arguments("damaged: checksum", flip(both - 8), "CORRUPT_GZIP", "checksum is wrong"),
        arguments("damaged: length", flip(both - 4), "CORRUPT_GZIP", "another length"),
        arguments(
            "damaged: header checksum",
            concat(withFlags(FIRST, 2, new byte[2]), SECOND),
            "CORRUPT_GZIP",
            "header whose checksum"),
        arguments(
            "garbage behind", concat(FIRST, SECOND, bytes("x")), "CORRUPT_GZIP", "not begin like"),
        arguments(
            "garbage behind zeros",
            concat(FIRST, SECOND, new byte[3], SECOND),
            "CORRUPT_GZIP",
            "followed by something else"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 4096, 131_072, 131_073, 3_000_000})
  void inflatesAnyLength(int length) throws IOException {
    byte[] text = new byte[length];
    new Random(length).nextBytes(text);
    MemberStarts starts = new MemberStarts();
    byte[] object = concat(gzip(text), gzip(text));
    try (GzipMembers members = new GzipMembers(new ByteArrayInputStream(object), 0, 0, starts)) {
      assertThat(members.read(new byte[1], 0, 0)).isZero();
      assertThat(members.read()).isEqualTo(text[0] & 0xFF);
      assertThat(members.readAllBytes())
          .isEqualTo(concat(Arrays.copyOfRange(text, 1, length), text));
      assertThat(members.read()).isEqualTo(-1);
    }
    assertThat(starts.holding(length - 1)).isEqualTo(new MemberStarts.Start(0, 0));
    assertThat(starts.holding(length)).isEqualTo(new MemberStarts.Start(object.length / 2, length));
  }

  @Test
  void forgetsMembersThatAreOver() {
    MemberStarts starts = new MemberStarts();
    starts.add(0, 0);
    starts.add(10, 100);
    starts.add(20, 100);
    starts.add(30, 150);
    starts.forgetBefore(99);
    assertThat(starts.holding(99)).isEqualTo(new MemberStarts.Start(0, 0));
    assertThat(starts.holding(100)).isEqualTo(new MemberStarts.Start(20, 100));
    starts.forgetBefore(1000);
    assertThat(starts.holding(1000)).isEqualTo(new MemberStarts.Start(30, 150));
  }

  @Test
  void givesTheMemberOfTheNextRowEvenIfItWasNotInflatedYet() throws IOException {
    byte[] object = concat(gzip(bytes("a\n1\n")), EMPTY, gzip(bytes("2\n")));
    try (ExportReader reader = Exports.open(object, Exports.gz(CSV))) {
      assertThat(reader.position()).isEqualTo(new ReadPosition(2, 0, 0, 1, 0));
      assertThat(reader.next()).isNotNull();
      assertThat(reader.position())
          .isEqualTo(new ReadPosition(4, object.length - gzip(bytes("2\n")).length, 4, 2, 1));
    }
  }

  private static byte[] cut(byte[] object, int bytes) {
    return Arrays.copyOf(object, object.length - bytes);
  }

  private static byte[] flip(int at) {
    byte[] object = concat(FIRST, SECOND);
    object[at] ^= (byte) 0xFF;
    return object;
  }

  private static byte[] withFlags(byte[] member, int flags, byte[]... fields) {
    byte[] header = Arrays.copyOf(member, HEADER);
    header[3] = (byte) flags;
    return concat(header, concat(fields), Arrays.copyOfRange(member, HEADER, member.length));
  }

  private static byte[] withHeaderChecksum(byte[] member, int flags, byte[]... fields) {
    byte[] unchecked = withFlags(member, flags, fields);
    int end = HEADER + concat(fields).length;
    CRC32 crc = new CRC32();
    crc.update(unchecked, 0, end);
    byte[] checksum = {(byte) crc.getValue(), (byte) (crc.getValue() >> 8)};
    byte[][] withChecksum = Arrays.copyOf(fields, fields.length + 1);
    withChecksum[fields.length] = checksum;
    return withFlags(member, flags, withChecksum);
  }
}
