package io.tapline.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.tapline.export.BrokenRow;
import io.tapline.export.DelimitedRow;
import io.tapline.export.Row;
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
    assertThat(code(row(4, null, "a"))).isEqualTo("523");
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
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("LIST_TOO_LONG", List.of(2L)),
            org.assertj.core.groups.Tuple.tuple("VALUE_TOO_LONG", List.of(3L)));
  }

  @Test
  void countsARowOnceAndKeepsTheFirstTen() {
    for (int i = 1; i <= 12; i++) {
      feed(Fixture.row(i, "u", MANY, i % 2 == 0 ? MANY : null, null, null));
    }

    List<RowCheck.InvalidRows> invalid = check.rejectionsIf(tally.decide(Map.of()));

    assertThat(invalid).hasSize(1);
    assertThat(invalid.getFirst().count()).isEqualTo(12);
    assertThat(invalid.getFirst().firstRows())
        .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
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
    assertThat(wideCheck.state().notes().stream().mapToLong(RowCheck.Note::count).sum())
        .isEqualTo(2047);
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
