package io.tapline.record;

import io.tapline.record.Column.Role;
import io.tapline.record.RowView.Cell;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Upload Device Tokens.
 *
 * <pre>{"type":"token","objectId":…,"tokenData":{"id":…,"type":"fcm"}}</pre>
 *
 * <p>A token of Chrome has keys beside its type: {@code "keys":{"p256dh":…,"auth":…}}.
 */
final class TokenShape implements RecordShape {

  private static final String CHROME = "chrome";

  private static final ChoiceValue TYPES =
      new ChoiceValue(Codes.TOKEN_DATA, List.of("fcm", "apns", "gcm", "wns", "mpns", CHROME));

  @Override
  public Encoded write(RowView row, RecordJson out) {
    Cell objectId = UserRules.present(row, Role.OBJECT_ID);
    Cell id = UserRules.present(row, Role.TOKEN_ID);
    Cell type = UserRules.present(row, Role.TYPE);
    if (objectId == null) {
      return Fault.missing(Codes.TOKEN_OBJECT_ID_MISSING, row, Role.OBJECT_ID);
    }
    Fault tooLong = UserRules.checkObjectId(objectId);
    if (tooLong != null) {
      return tooLong;
    }
    if (id == null) {
      return Fault.missing(Codes.TOKEN_ID_MISSING, row, Role.TOKEN_ID);
    }
    if (type == null) {
      return Fault.missing(Codes.TOKEN_TYPE_MISSING, row, Role.TYPE);
    }
    String choice = TYPES.choice(type.text());
    if (choice == null) {
      return TYPES.refusal(type.column(), type.text());
    }
    out.startObject();
    out.field("type", "token");
    write(objectId, out);
    out.key("tokenData");
    out.startObject();
    write(id, out);
    out.field("type", choice);
    Fault fault = choice.equals(CHROME) ? writeKeys(row, type, out) : null;
    if (fault != null) {
      return fault;
    }
    out.endObject();
    out.endObject();
    return new Encoded.User(objectId.text().toString());
  }

  private static @Nullable Fault writeKeys(RowView row, Cell type, RecordJson out) {
    out.key("keys");
    out.startObject();
    for (Role role : List.of(Role.P256DH, Role.AUTH)) {
      Cell key = UserRules.present(row, role);
      if (key == null) {
        return Fault.of(
            Codes.TOKEN_DATA,
            type.column(),
            "is chrome, whose tokens have the keys p256dh and auth; the row has no "
                + role.spelling());
      }
      write(key, out);
    }
    out.endObject();
    return null;
  }

  private static void write(Cell cell, RecordJson out) {
    out.key(cell.column().sentAs());
    cell.text().writeTo(out);
  }
}
