package io.tapline.record;

import io.tapline.record.Column.Role;
import io.tapline.record.RowView.Cell;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Update Email/Phone Subscription. It acts on every profile that has the value.
 *
 * <pre>{"type":"phone","value":…,"status":"Unsubscribe"}</pre>
 *
 * @param allowWhatsApp whether the type {@code whatsapp} is sent, which only newer pages of
 *     CleverTap have
 */
record SubscriptionShape(boolean allowWhatsApp) implements RecordShape {

  private static final String EMAIL = "email";
  private static final String WHATSAPP = "whatsapp";

  private static final ChoiceValue TYPES =
      new ChoiceValue(Codes.SUBSCRIPTION_TYPE, List.of("phone", EMAIL));
  private static final ChoiceValue TYPES_AND_WHATSAPP =
      new ChoiceValue(Codes.SUBSCRIPTION_TYPE, List.of("phone", EMAIL, WHATSAPP));
  private static final ChoiceValue STATUSES =
      new ChoiceValue(Codes.SUBSCRIPTION_STATUS, List.of("Unsubscribe", "Resubscribe"));

  @Override
  public Encoded write(RowView row, RecordJson out) {
    Cell type = UserRules.present(row, Role.TYPE);
    Cell value = UserRules.present(row, Role.VALUE);
    Cell status = UserRules.present(row, Role.STATUS);
    if (type == null) {
      return Fault.missing(Codes.SUBSCRIPTION_TYPE, row, Role.TYPE);
    }
    if (value == null) {
      return Fault.missing(Codes.VALUE_MISSING, row, Role.VALUE);
    }
    if (status == null) {
      return Fault.missing(Codes.SUBSCRIPTION_STATUS, row, Role.STATUS);
    }
    String typeSent = TYPES_AND_WHATSAPP.choice(type.text());
    if (typeSent == null) {
      return (allowWhatsApp ? TYPES_AND_WHATSAPP : TYPES).refusal(type.column(), type.text());
    }
    String statusSent = STATUSES.choice(status.text());
    if (statusSent == null) {
      return STATUSES.refusal(status.column(), status.text());
    }
    Fault fault = check(type, typeSent, value);
    if (fault != null) {
      return fault;
    }
    out.startObject();
    out.field("type", typeSent);
    out.key("value");
    value.text().writeTo(out);
    out.field("status", statusSent);
    out.endObject();
    return new Encoded.User(value.text().toString());
  }

  private @Nullable Fault check(Cell type, String typeSent, Cell value) {
    if (typeSent.equals(WHATSAPP) && !allowWhatsApp) {
      return Fault.of(
          Codes.SUBSCRIPTION_TYPE,
          type.column(),
          "is whatsapp, which is sent only if the sync's allowWhatsApp is true");
    }
    FormValue form = typeSent.equals(EMAIL) ? ValueWriters.EMAIL : ValueWriters.PHONE;
    return form.check(value.column(), value.text());
  }
}
