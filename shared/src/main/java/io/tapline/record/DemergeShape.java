package io.tapline.record;

import io.tapline.record.Column.Role;
import io.tapline.record.RowView.Cell;

/** Demerge User Profile: the bare identity, as a JSON string. */
final class DemergeShape implements RecordShape {

  @Override
  public Encoded write(RowView row, RecordJson out) {
    Cell identity = UserRules.present(row, Role.IDENTITY);
    if (identity == null) {
      return Fault.missing(Codes.IDENTITY, row, Role.IDENTITY);
    }
    Fault fault = UserRules.checkIdentity(identity);
    if (fault != null) {
      return fault;
    }
    identity.text().writeTo(out);
    return new Encoded.User(identity.text().toString());
  }
}
