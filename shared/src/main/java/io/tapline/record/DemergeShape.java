package io.tapline.record;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tapline.record.Column.Role;
import io.tapline.record.RowView.Cell;
import java.io.IOException;

/** Demerge User Profile: the bare identity, as a JSON string. */
final class DemergeShape implements RecordShape {

  @Override
  public Encoded write(RowView row, JsonGenerator out) throws IOException {
    Cell identity = UserRules.present(row, Role.IDENTITY);
    if (identity == null) {
      return Fault.missing(Codes.IDENTITY, Role.IDENTITY);
    }
    Fault fault = UserRules.checkIdentity(identity);
    if (fault != null) {
      return fault;
    }
    identity.text().writeTo(out);
    return new Encoded.User(identity.text().toString());
  }
}
