package io.tapline.record;

import io.tapline.record.RowCheck.Doubt;
import io.tapline.sync.ColumnType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks the values of a column whose type is not known yet; writes nothing. A value whose fate
 * hangs on the type is put down as a doubt.
 *
 * @param index of the column in the header
 * @param lists whether the column may end as a list
 * @param doubts where to put the doubts of the row at hand
 */
record UndecidedValue(int index, boolean lists, List<Doubt> doubts) implements ValueWriter {

  @Override
  public @Nullable Fault write(Field field, TextSlice text, RecordJson out) {
    boolean tooLong = text.length() > MAX_BYTES;
    ScalarList list = lists ? ScalarList.of(text) : null;
    if (list == null) {
      // Numbers, booleans and dates are short, so a long text makes the column a string by itself.
      return tooLong ? Fault.tooLong(field.column()) : null;
    }
    if (tooLong) {
      doubts.add(new Doubt(index, ColumnType.STRING, Codes.VALUE_TOO_LONG));
    }
    String problem = list.problem();
    if (problem != null) {
      doubts.add(new Doubt(index, ColumnType.LIST, problem));
    }
    return null;
  }

  @Override
  public boolean leavesOut(TextSlice text) {
    return false;
  }
}
