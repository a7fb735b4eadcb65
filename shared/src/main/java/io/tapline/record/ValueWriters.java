package io.tapline.record;

import io.tapline.sync.ArrayPropertyOperation;
import io.tapline.sync.ColumnType;
import java.util.List;

/** Finds the writer of a column's values. */
final class ValueWriters {

  static final FormValue EMAIL =
      new FormValue(
          Codes.EMAIL, ContactForms::isEmail, "an e-mail address such as name@example.com");
  static final FormValue PHONE =
      new FormValue(
          Codes.PHONE, ContactForms::isPhone, "a phone number in E.164 form such as +14155551234");
  private static final ValueWriter GENDER = new ChoiceValue(Codes.GENDER, List.of("M", "F"));
  private static final ValueWriter EMPLOYED = new ChoiceValue(Codes.EMPLOYED, List.of("Y", "N"));
  private static final ValueWriter EDUCATION =
      new ChoiceValue(Codes.EDUCATION, List.of("School", "College", "Graduate"));
  private static final ValueWriter MARRIED = new ChoiceValue(Codes.MARRIED, List.of("Y", "N"));
  private static final ValueWriter AGE = new AgeValue();

  private final ListValue list;

  ValueWriters(ArrayPropertyOperation lists) {
    this.list = new ListValue(lists);
  }

  /** The known field's own writer where it has one, else that of the type. */
  ValueWriter of(Column column, ColumnType type) {
    KnownField known = column.known();
    return known == null ? of(type) : of(known);
  }

  private ValueWriter of(KnownField known) {
    return switch (known) {
      case EMAIL -> EMAIL;
      case PHONE -> PHONE;
      case GENDER -> GENDER;
      case EMPLOYED -> EMPLOYED;
      case EDUCATION -> EDUCATION;
      case MARRIED -> MARRIED;
      case AGE -> AGE;
      default -> of(known.type());
    };
  }

  private ValueWriter of(ColumnType type) {
    return switch (type) {
      case STRING -> TypedValue.STRING;
      case NUMBER -> TypedValue.NUMBER;
      case BOOLEAN -> TypedValue.BOOLEAN;
      case DATE -> TypedValue.DATE;
      case LIST -> list;
    };
  }

  ListValue list() {
    return list;
  }
}
