package io.tapline.record;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tapline.record.Column.Role;
import io.tapline.record.RowView.Cell;
import java.io.IOException;

/**
 * Disassociate a Phone Number.
 *
 * <pre>{"type":"phone","value":…}</pre>
 */
final class DisassociationShape implements RecordShape {

  @Override
  public Encoded write(RowView row, JsonGenerator out) throws IOException {
    Cell phone = UserRules.present(row, Role.VALUE);
    if (phone == null) {
      return Fault.missing(Codes.VALUE_MISSING, Role.VALUE);
    }
    Fault fault = ValueWriters.PHONE.check(phone.column(), phone.text());
    if (fault != null) {
      return fault;
    }
    out.writeStartObject();
    out.writeStringField("type", "phone");
    out.writeFieldName("value");
    phone.text().writeTo(out);
    out.writeEndObject();
    return new Encoded.User(phone.text().toString());
  }
}
