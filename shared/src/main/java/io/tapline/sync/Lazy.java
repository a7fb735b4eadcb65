package io.tapline.sync;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A thing that is made at its first use and then kept. Safe for use by several threads. */
final class Lazy<T> {

  private final Supplier<T> maker;
  private @Nullable T made;

  Lazy(Supplier<T> maker) {
    this.maker = maker;
  }

  synchronized T get() {
    T thing = made;
    if (thing == null) {
      thing = maker.get();
      made = thing;
    }
    return thing;
  }
}
