package io.tapline.local.standin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names that one call brings to an account. No page says how CleverTap refuses a record that
 * brings one too many; that it does so with 512, as for other faults of structure, is assumed. Not
 * safe for several threads.
 */
final class NameClaims {

  private final AccountNames account;
  private final Set<String> profileKeys = new HashSet<>();
  private final Set<String> events = new HashSet<>();

  NameClaims(AccountNames account) {
    this.account = account;
  }

  /** Takes the names of a valid record; when there are too many, none of them. */
  @Nullable Refusal claim(RecordKind kind, ObjectNode record) {
    return switch (kind) {
      case PROFILE -> claimKeys((ObjectNode) record.get("profileData"));
      case EVENT -> claimEvent(record.get("evtName").textValue());
      default -> null;
    };
  }

  private @Nullable Refusal claimKeys(ObjectNode data) {
    Set<String> fresh = new HashSet<>();
    for (Map.Entry<String, ?> property : data.properties()) {
      String name = property.getKey();
      if (!profileKeys.contains(name) && ProfileCheck.isCustom(name)) {
        fresh.add(name);
      }
    }
    if (!fresh.isEmpty() && !account.profileKeys().take(fresh)) {
      int most = AccountNames.MAX_PROFILE_KEYS;
      return Refusal.profile(512, "More than " + most + " custom properties in the account");
    }
    profileKeys.addAll(fresh);
    return null;
  }

  private @Nullable Refusal claimEvent(String name) {
    if (!events.contains(name) && !account.events().take(Set.of(name))) {
      int most = AccountNames.MAX_EVENTS;
      return Refusal.event(512, "Event Name", "More than " + most + " events in the account");
    }
    events.add(name);
    return null;
  }

  /** Gives all of them back. */
  void release() {
    account.profileKeys().giveBack(profileKeys);
    account.events().giveBack(events);
  }
}
