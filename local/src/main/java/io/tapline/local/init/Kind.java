package io.tapline.local.init;

import io.tapline.sync.Operation;
import io.tapline.sync.Target;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The seven ways to push, by the words that a person says for them. */
public enum Kind {
  PROFILES("profiles", Target.USER_PROFILES, Operation.UPLOAD_USER_PROFILES),
  TOKENS("tokens", Target.USER_PROFILES, Operation.UPLOAD_DEVICE_TOKENS),
  DEMERGE("demerge", Target.USER_PROFILES, Operation.DEMERGE_USER_PROFILE),
  SUBSCRIPTION("subscription", Target.USER_PROFILES, Operation.UPDATE_SUBSCRIPTION),
  DISASSOCIATE("disassociate", Target.USER_PROFILES, Operation.DISASSOCIATE_PHONE),
  EVENTS("events", Target.USER_EVENTS, null),
  CUSTOM_LIST("custom-list", Target.CUSTOM_LIST, null);

  /** All words, for messages. */
  public static final String ALLOWED =
      Stream.of(values()).map(kind -> kind.word).collect(Collectors.joining(", "));

  private final String word;
  private final Target target;
  private final @Nullable Operation operation;

  Kind(String word, Target target, @Nullable Operation operation) {
    this.word = word;
    this.target = target;
    this.operation = operation;
  }

  /** The kind of this word; empty: there is none. */
  public static Optional<Kind> named(String word) {
    return Stream.of(values()).filter(kind -> kind.word.equals(word)).findFirst();
  }

  String word() {
    return word;
  }

  Target target() {
    return target;
  }

  /** Null where the target has no operations. */
  @Nullable Operation operation() {
    return operation;
  }

  /** Whether columns that have no meaning of their own become properties; else they are ignored. */
  boolean hasProperties() {
    return this == PROFILES || this == EVENTS;
  }
}
