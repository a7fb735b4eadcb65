package io.tapline.record;

import io.tapline.record.Column.Role;
import io.tapline.record.RowView.Cell;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * User Events.
 *
 * <pre>{"type":"event","identity":…,"ts":…,"evtName":…,"evtData":{…}}</pre>
 *
 * <p>An event with both ids is addressed by {@code identity}. Without a {@code ts} it gets the
 * export's last-modified time, so that a repeat is the same event.
 *
 * @param maxProperties keys at the top of {@code evtData}; {@code Items} is one
 * @param lastModified of the export
 */
record EventShape(int maxProperties, Instant lastModified) implements RecordShape {

  private static final JsonKey TYPE = JsonKey.withValue("type", "event");
  private static final JsonKey TIMESTAMP = JsonKey.of("ts");
  private static final JsonKey NAME = JsonKey.of("evtName");
  private static final JsonKey DATA = JsonKey.of("evtData");

  /** The only event that has items. */
  private static final String CHARGED = "Charged";

  /** System events, without spaces and in lower case. */
  private static final Set<String> RESTRICTED =
      Stream.of(
              "Notification Sent",
              "Notification Viewed",
              "Notification Clicked",
              "Notification Delivered",
              "Notification Replied",
              "UTM Visited",
              "App Launched",
              "App Uninstalled",
              "App Version Changed",
              "Stayed",
              "Reply Sent",
              "Experiment Rendered",
              "Reachable By",
              "Identity Reset",
              "Identity Set",
              "Identity Error",
              "Web Page Viewed")
          .map(EventShape::folded)
          .collect(Collectors.toUnmodifiableSet());

  private static String folded(String name) {
    return name.replace(" ", "").toLowerCase(Locale.ROOT);
  }

  @Override
  public Encoded write(RowView row, RecordJson out) {
    Cell identity = UserRules.present(row, Role.IDENTITY);
    Cell user = identity == null ? UserRules.present(row, Role.OBJECT_ID) : identity;
    if (user == null) {
      return UserRules.nobody(row);
    }
    Cell name = UserRules.present(row, Role.EVENT_NAME);
    if (name == null) {
      return Fault.missing(Codes.EVENT_NAME_MISSING, row, Role.EVENT_NAME);
    }
    Cell timestamp = row.cell(Role.TIMESTAMP);
    Fault fault = check(row, user, timestamp, name);
    if (fault != null) {
      return fault;
    }
    out.startObject();
    out.key(TYPE);
    out.key(identity == null ? UserRules.OBJECT_ID : UserRules.IDENTITY);
    user.text().writeTo(out);
    out.key(TIMESTAMP);
    out.number(
        timestamp == null ? lastModified.getEpochSecond() : UserRules.seconds(timestamp.text()));
    out.key(NAME);
    name.text().writeTo(out);
    out.key(DATA);
    out.startObject();
    fault = row.writeProperties(out);
    if (fault == null) {
      fault = row.writeItems(out);
    }
    if (fault != null) {
      return fault;
    }
    out.endObject();
    out.endObject();
    return new Encoded.User(user.text().toString());
  }

  private @Nullable Fault check(RowView row, Cell user, @Nullable Cell timestamp, Cell name) {
    Fault fault =
        user.column().role() == Role.IDENTITY
            ? UserRules.checkIdentity(user)
            : UserRules.checkObjectId(user);
    if (fault == null && timestamp != null) {
      fault = UserRules.checkTimestamp(timestamp);
    }
    if (fault == null) {
      fault = checkName(name);
    }
    return fault == null ? checkStructure(row, name) : fault;
  }

  private static @Nullable Fault checkName(Cell name) {
    String text = name.text().toString();
    if (RESTRICTED.contains(folded(text))) {
      return Fault.of(
          Codes.EVENT_NAME_RESTRICTED,
          name.column(),
          "is "
              + TextSlice.quoted(text)
              + ", an event of CleverTap's own; it must be another name");
    }
    if (name.text().length() > ValueWriter.MAX_BYTES) {
      return Fault.tooLong(name.column());
    }
    return NameRules.isForbiddenEventName(text)
        ? Fault.unexpected(
            Codes.FORBIDDEN_EVENT_NAME,
            name.column(),
            name.text(),
            "a name without % > < ! | & . : ; $ ' \" \\ , and control characters")
        : null;
  }

  private @Nullable Fault checkStructure(RowView row, Cell name) {
    Column item = row.firstItem();
    int properties = row.properties() + (item == null ? 0 : 1);
    if (properties > maxProperties) {
      return new Fault(
          Codes.TOO_MANY_PROPERTIES,
          null,
          "The event has " + properties + " properties; maxEventProperties is " + maxProperties);
    }
    return item != null && !name.text().is(CHARGED)
        ? Fault.of(
            Codes.EVENT_STRUCTURE,
            item,
            "has a value, but the event is "
                + name.text().quoted()
                + "; only a Charged event may have items")
        : null;
  }
}
