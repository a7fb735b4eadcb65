package io.tapline.record;

import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The {@code Items} of a Charged event, rebuilt from their columns. */
final class ItemsArray {

  private ItemsArray() {}

  /** Writes the fields of one item. */
  interface FieldsWriter<T> {

    @Nullable Fault write(List<T> item, RecordJson out);
  }

  /**
   * Writes the items that have a value to send; none at all when no item has one.
   *
   * @param items in index order
   * @param isSent whether a value is sent
   * @return what is wrong with the first bad value; null when nothing is
   */
  static <T> @Nullable Fault write(
      Collection<List<T>> items, Predicate<T> isSent, FieldsWriter<T> fields, RecordJson out) {
    boolean open = false;
    for (List<T> item : items) {
      if (item.stream().noneMatch(isSent)) {
        continue;
      }
      if (!open) {
        out.key("Items");
        out.startArray();
        open = true;
      }
      out.separate();
      out.startObject();
      Fault fault = fields.write(item, out);
      if (fault != null) {
        return fault;
      }
      out.endObject();
    }
    if (open) {
      out.endArray();
    }
    return null;
  }
}
