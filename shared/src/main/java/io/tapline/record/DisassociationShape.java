package io.tapline.record;

import io.tapline.record.Column.Role;
import io.tapline.record.RowView.Cell;

/**
 * Disassociate a Phone Number.
 *
 * <pre>{"type":"phone","value":…}</pre>
 */
final class DisassociationShape implements RecordShape {

  @Override
  public Encoded write(RowView row, RecordJson out) {
    Cell phone = UserRules.present(row, Role.VALUE);
    if (phone == null) {
      return Fault.missing(Codes.VALUE_MISSING, row, Role.VALUE);
    }
    Fault fault = ValueWriters.PHONE.check(phone.column(), phone.text());
    if (fault != null) {
      return fault;
    }
    out.startObject();
    out.field("type", "phone");
    out.key("value");
    phone.text().writeTo(out);
    out.endObject();
    return new Encoded.User(phone.text().toString());
  }
}
