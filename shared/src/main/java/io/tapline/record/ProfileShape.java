package io.tapline.record;

import io.tapline.record.Column.Role;
import io.tapline.record.RowView.Cell;
import org.jspecify.annotations.Nullable;

/**
 * Upload User Profiles.
 *
 * <pre>{"type":"profile","identity":…,"ts":…,"profileData":{…}}</pre>
 *
 * <p>A profile with both ids is addressed by {@code objectId} and gets {@code identity} as a
 * property, which is how CleverTap ties the two. Without a {@code ts} none is sent, and CleverTap
 * takes the time of the call.
 */
final class ProfileShape implements RecordShape {

  private static final JsonKey TYPE = JsonKey.withValue("type", "profile");
  private static final JsonKey TIMESTAMP = JsonKey.of("ts");
  private static final JsonKey DATA = JsonKey.of("profileData");

  @Override
  public Encoded write(RowView row, RecordJson out) {
    Cell identity = UserRules.present(row, Role.IDENTITY);
    Cell objectId = UserRules.present(row, Role.OBJECT_ID);
    Cell timestamp = row.cell(Role.TIMESTAMP);
    Cell user = objectId == null ? identity : objectId;
    if (user == null) {
      return UserRules.nobody(row);
    }
    Fault fault = check(identity, objectId, timestamp);
    if (fault != null) {
      return fault;
    }
    out.startObject();
    out.key(TYPE);
    out.key(objectId == null ? UserRules.IDENTITY : UserRules.OBJECT_ID);
    user.text().writeTo(out);
    if (timestamp != null) {
      out.key(TIMESTAMP);
      out.number(UserRules.seconds(timestamp.text()));
    }
    out.key(DATA);
    out.startObject();
    if (objectId != null && identity != null) {
      out.key(UserRules.IDENTITY);
      identity.text().writeTo(out);
    }
    fault = row.writeProperties(out);
    if (fault != null) {
      return fault;
    }
    out.endObject();
    out.endObject();
    return new Encoded.User(user.text().toString());
  }

  private static @Nullable Fault check(
      @Nullable Cell identity, @Nullable Cell objectId, @Nullable Cell timestamp) {
    Fault fault = identity == null ? null : UserRules.checkIdentity(identity);
    if (fault == null && objectId != null) {
      fault = UserRules.checkObjectId(objectId);
    }
    if (fault == null && timestamp != null) {
      fault = UserRules.checkTimestamp(timestamp);
    }
    return fault;
  }
}
