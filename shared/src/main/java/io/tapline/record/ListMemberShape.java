package io.tapline.record;

import io.tapline.record.Column.Role;
import io.tapline.record.RowView.Cell;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A user on a custom list: no JSON, but a line of the list's CSV file, {@code i,} and an identity
 * or {@code g,} and a CleverTap id. Lines end in LF alone: a reader that splits there would take a
 * CR for a part of the identity.
 */
final class ListMemberShape implements RecordShape {

  private static final ChoiceValue TYPES = new ChoiceValue(Codes.LIST_TYPE, List.of("i", "g"));

  @Override
  public Encoded write(RowView row, RecordJson out) {
    Cell type = UserRules.present(row, Role.TYPE);
    Cell identity = UserRules.present(row, Role.IDENTITY);
    if (type == null) {
      return Fault.missing(Codes.LIST_TYPE, row, Role.TYPE);
    }
    String choice = TYPES.choice(type.text());
    if (choice == null) {
      return TYPES.refusal(type.column(), type.text());
    }
    if (identity == null) {
      return Fault.missing(Codes.IDENTITY, row, Role.IDENTITY);
    }
    Fault fault = UserRules.checkIdentity(identity);
    if (fault != null) {
      return fault;
    }
    String user = identity.text().toString();
    byte[] line = (choice + ',' + csvField(user) + '\n').getBytes(StandardCharsets.UTF_8);
    out.value(line, 0, line.length);
    return new Encoded.User(user);
  }

  /** The text as a field of CSV, in quotes only where RFC 4180 asks for them. */
  private static String csvField(String text) {
    boolean isPlain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
    return isPlain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
