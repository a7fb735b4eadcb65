package io.tapline.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.tapline.export.BrokenRow;
import io.tapline.export.DelimitedRow;
import io.tapline.export.Row;
import io.tapline.record.RowCheck.Doubt;
import io.tapline.record.RowCheck.Note;
import io.tapline.sync.ColumnType;
import io.tapline.sync.Sync;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class RowCheckTest {

  private static final List<String> HEADER = List.of("identity", "tags", "more", "email", "ltv");

  /** Valid as a list, too long as a string. */
  private static final String LONG_LIST =
      list(IntStream.range(0, 60).mapToObj(i -> "\"item-" + (1000 + i) + "\"").toList());

  /** Too many for a list, and short enough for a string. */
  private static final String MANY =
      list(IntStream.range(0, 101).mapToObj(Integer::toString).toList());

  /** Neither a list nor a string. */
  private static final String WIDE = "[\"" + "x".repeat(513) + "\"]";

  private static String list(List<String> items) {
    return "[" + String.join(",", items) + "]";
  }

  private final Sync sync = Fixture.profiles().types(Map.of("ltv", ColumnType.NUMBER)).sync();
  private final Columns columns = Columns.of(sync, HEADER);
  private final RowCheck check = RowCheck.of(sync, columns, Fixture.LAST_MODIFIED);
  private final TypeTally tally = new TypeTally(columns);

  @Test
  void tellsAtOnceWhatIsWrongWhateverTheTypes() {
    assertThat(code(row(1, "u", "x".repeat(513)))).isEqualTo("VALUE_TOO_LONG tags");
    assertThat(code(Fixture.row(2, "u", LONG_LIST, null, "no", null))).isEqualTo("515 email");
    assertThat(code(Fixture.row(3, "u", null, null, null, "many"))).isEqualTo("TYPE_MISMATCH ltv");
    assertThat(code(row(4, null, "a"))).isEqualTo("523 identity");
    assertThat(code(new BrokenRow(5, "NUL_BYTE", "…", null))).isEqualTo("NUL_BYTE");
    assertThat(check.state().notes()).isEmpty();
  }

  @Test
  void tellsLongListsInAColumnThatEndsAsString() {
    feed(row(1, "u", LONG_LIST), row(2, "u", MANY), row(3, "u", "a"));

    assertThat(check.rejectionsIf(tally.decide(Map.of())))
        .containsExactly(
            new RowCheck.InvalidRows(
                "VALUE_TOO_LONG",
                "tags",
                "tags is longer than 512 bytes of UTF-8, the most that a value may have",
                1,
                List.of(1L)));
  }

  @Test
  void tellsBadListsInAColumnThatEndsAsList() {
    feed(row(1, "u", LONG_LIST), row(2, "u", MANY), row(3, "u", WIDE));

    assertThat(check.rejectionsIf(tally.decide(Map.of())))
        .extracting(RowCheck.InvalidRows::code, RowCheck.InvalidRows::firstRows)
        .containsExactly(tuple("LIST_TOO_LONG", List.of(2L)), tuple("VALUE_TOO_LONG", List.of(3L)));
  }

  @Test
  void countsARowOnceAndKeepsAllNumbersInOrder() {
    for (int i = 1; i <= 12; i++) {
      feed(Fixture.row(i, "u", MANY, i % 2 == 0 ? MANY : null, null, null));
    }

    List<RowCheck.InvalidRows> invalid = check.rejectionsIf(tally.decide(Map.of()));

    assertThat(invalid).hasSize(1);
    assertThat(invalid.getFirst().count()).isEqualTo(12);
    assertThat(invalid.getFirst().firstRows()).isEqualTo(numbers(1, 12));
  }

  @Test
  void keepsTenThousandNumbersOfAReason() {
    RowCheck full = resume(note("tags", 1, 9_999), note("more", 10_001, 9_999));
    for (int i = 20_001; i <= 20_002; i++) {
      full.check(Fixture.row(i, "u", MANY, null, null, null));
    }
    tally.add(Fixture.row(1, "u", "[]", "[]", null, null));

    assertThat(full.state().notes().getFirst().count()).isEqualTo(10_001);
    assertThat(full.state().notes().getFirst().firstRows())
        .hasSize(10_000)
        .contains(20_001L)
        .doesNotContain(20_002L);
    assertThat(full.rejectionsIf(tally.decide(Map.of())))
        .extracting(RowCheck.InvalidRows::count)
        .containsExactly(10_001L, 9_999L);
  }

  @Test
  void keepsOfOneReasonTheLowestNumbersOfAllNotes() {
    Doubt tooMany = new Doubt(1, ColumnType.LIST, "LIST_TOO_LONG");
    RowCheck full =
        resume(
            new Note(List.of(tooMany), 10_000, numbers(5_001, 15_000)),
            new Note(
                List.of(tooMany, new Doubt(2, ColumnType.LIST, "LIST_TOO_LONG")),
                5_000,
                numbers(1, 5_000)));
    tally.add(Fixture.row(1, "u", "[]", "[]", null, null));

    assertThat(full.rejectionsIf(tally.decide(Map.of())))
        .extracting(RowCheck.InvalidRows::count, RowCheck.InvalidRows::firstRows)
        .containsExactly(tuple(15_000L, numbers(1, 10_000)));
  }

  @Test
  void keepsTheFirstTenOfLaterNotesWhereAllNotesAreFull() {
    List<Note> notes = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      Doubt other = new Doubt(3, ColumnType.LIST, "other " + i);
      notes.add(new Note(List.of(other), 10_000, numbers(1, 10_000)));
    }
    RowCheck full = resume(notes.toArray(Note[]::new));
    for (int i = 20_001; i <= 20_020; i++) {
      full.check(Fixture.row(i, "u", MANY, null, null, null));
    }

    Note last = full.state().notes().getLast();
    assertThat(last.count()).isEqualTo(20);
    assertThat(last.firstRows()).isEqualTo(numbers(20_001, 20_010));
  }

  private RowCheck resume(Note... notes) {
    return RowCheck.resume(
        sync, columns, Fixture.LAST_MODIFIED, new RowCheck.State(List.of(notes)));
  }

  private static Note note(String column, long firstRow, int rows) {
    return new Note(
        List.of(new Doubt(HEADER.indexOf(column), ColumnType.LIST, "LIST_TOO_LONG")),
        rows,
        numbers(firstRow, firstRow + rows - 1));
  }

  private static List<Long> numbers(long first, long last) {
    return LongStream.rangeClosed(first, last).boxed().toList();
  }

  @Test
  void boundsItsNotes() {
    List<String> header = new ArrayList<>(List.of("identity"));
    IntStream.range(0, 11).forEach(i -> header.add("c" + i));
    Columns wide = Columns.of(Fixture.profiles().sync(), header);
    RowCheck wideCheck = RowCheck.of(Fixture.profiles().sync(), wide, Fixture.LAST_MODIFIED);

    for (int bits = 1; bits < 1 << 11; bits++) {
      String[] values = new String[12];
      values[0] = "u";
      for (int i = 0; i < 11; i++) {
        values[i + 1] = (bits >> i & 1) == 1 ? MANY : null;
      }
      wideCheck.check(Fixture.row(bits, values));
    }

    assertThat(wideCheck.state().notes()).hasSizeBetween(1000, 1011);
    assertThat(wideCheck.state().notes().stream().mapToLong(Note::count).sum()).isEqualTo(2047);
  }

  static List<Long> seeds() {
    return IntStream.range(0, 200).mapToObj(Long::valueOf).toList();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void agreesWithTheMapper(long seed) throws JsonProcessingException {
    Random random = new Random(seed);
    List<DelimitedRow> rows = new ArrayList<>();
    List<String> tags = pool(random);
    List<String> more = pool(random);
    for (int i = 1; i <= 10; i++) {
      rows.add(
          Fixture.row(
              i,
              one(random, List.of("u1", "u2", "u3", "u4", "u5", "none")),
              one(random, tags),
              one(random, more),
              one(random, List.of("a@example.com", "b@example.com", "", "no")),
              one(random, List.of("1", "2", "NaN", "", "x"))));
    }
    RowCheck resumed = check;
    Set<Long> invalid = new TreeSet<>();
    for (DelimitedRow row : rows) {
      resumed.check(row).ifPresent(rejection -> invalid.add(rejection.row()));
      tally.add(row);
      String state = Fixture.JSON.writeValueAsString(resumed.state());
      resumed =
          RowCheck.resume(
              sync,
              columns,
              Fixture.LAST_MODIFIED,
              Fixture.JSON.readValue(state, RowCheck.State.class));
      assertThat(Fixture.JSON.writeValueAsString(resumed.state())).isEqualTo(state);
    }
    ColumnTypes types = tally.decide(Map.of());
    long noted = 0;
    for (RowCheck.InvalidRows more1 : resumed.rejectionsIf(types)) {
      noted += more1.count();
      invalid.addAll(more1.firstRows());
    }

    RecordMapper mapper = RecordMapper.of(sync, columns, types, Fixture.LAST_MODIFIED);
    Set<Long> rejected =
        rows.stream()
            .map(mapper::map)
            .filter(Rejection.class::isInstance)
            .map(MappedRow::row)
            .collect(Collectors.toCollection(HashSet::new));
    assertThat(invalid).isEqualTo(rejected);
    assertThat(noted).isLessThanOrEqualTo(rejected.size());
  }

  /** Mostly lists, so that some columns end as list and some as string. */
  private static List<String> pool(Random random) {
    List<String> pool = new ArrayList<>(List.of("[]", "[1]", LONG_LIST, MANY, WIDE, "", "NaN"));
    if (random.nextBoolean()) {
      pool.addAll(List.of("a", "[x", "1", "y".repeat(513)));
    }
    return pool;
  }

  private static @Nullable String one(Random random, List<String> values) {
    return random.nextInt(12) == 0 ? null : values.get(random.nextInt(values.size()));
  }

  private static DelimitedRow row(long number, @Nullable String identity, String tags) {
    return Fixture.row(number, identity, tags, null, null, null);
  }

  private void feed(DelimitedRow... rows) {
    for (DelimitedRow row : rows) {
      assertThat(check.check(row)).isEmpty();
      tally.add(row);
    }
  }

  private String code(Row row) {
    return check.check(row).map(Fixture::told).orElse("");
  }
}
