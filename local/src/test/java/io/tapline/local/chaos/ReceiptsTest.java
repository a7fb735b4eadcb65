package io.tapline.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import io.tapline.local.chaos.Export.ExportRow;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the receipts of custom lists find; {@link AuditTest} has those of other records. */
class ReceiptsTest {

  private static final String LIST = "chaos-1.csv";

  private final List<ExportRow> rows = List.of(row(1), row(2), new ExportRow(3, "the list", false));
  private final Export export = new Export("exports/0.csv", new byte[0], rows);

  @ParameterizedTest
  @EnumSource(names = {"LIST_CREATED", "LIST_REPLACED"})
  void aListCountsWhole(Target target) {
    Receipts receipts = receipts(target);
    take(receipts, 1, 2);

    assertThat(rows).extracting(receipts::times).containsExactly(1, 1, 0);
    assertThat(receipts.segmentOf(LIST)).contains(7L);
    assertThat(receipts.lastOf("the list")).isEqualTo(2);
    assertThat(receipts.strangers()).isEmpty();
  }

  @Test
  void aSecondListReplacesTheFirst() {
    Receipts receipts = receipts(Target.LIST_REPLACED);
    take(receipts, 1, 2);
    take(receipts, 1);

    assertThat(rows).extracting(receipts::times).containsExactly(1, 0, 0);
    assertThat(receipts.lastOf("the list")).isEqualTo(1);
    assertThat(receipts.strangers()).isEmpty();
  }

  @Test
  void aSegmentIsCreatedOnce() {
    Receipts receipts = receipts(Target.LIST_CREATED);
    receipts.askedFor(LIST);
    take(receipts, 1, 2);
    receipts.askedFor(LIST);
    take(receipts, 1, 2);

    assertThat(receipts.strangers())
        .containsExactly(
            "list chaos-1.csv is a segment, and was to become one again",
            "list chaos-1.csv became a segment twice");
  }

  @Test
  void noRowIsOnAListTwice() {
    Receipts receipts = receipts(Target.LIST_REPLACED);
    take(receipts, 1, 2, 1);

    assertThat(receipts.strangers()).containsExactly("list chaos-1.csv has rows twice");
  }

  @ParameterizedTest
  @CsvSource({"'i,u3', a bad row", "'i,u9', no row", "'g,u1', another type"})
  void noOtherLineIsOnAList(String line, String why) {
    Receipts receipts = receipts(Target.LIST_REPLACED);
    receipts.took(TextNode.valueOf(line));

    assertThat(receipts.strangers()).as(why).hasSize(1);
  }

  private Receipts receipts(Target target) {
    return new Receipts(target, List.of(export));
  }

  private static void take(Receipts receipts, long... ids) {
    List<Long> list = Arrays.stream(ids).boxed().toList();
    receipts.beginList(LIST, 7, list);
    list.forEach(id -> receipts.took(TextNode.valueOf("i,u" + id)));
  }

  private static ExportRow row(long id) {
    return new ExportRow(id, "the list", true);
  }
}
