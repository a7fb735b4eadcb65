package io.tapline.aws;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A thing that is made at its first use and then kept. Safe for use by several threads. */
public final class Lazy<T> {

  private final Supplier<T> maker;
  private @Nullable T made;

  /**
   * A thing to come.
   *
   * @param maker makes it, never null; asked again where it fails
   */
  public Lazy(Supplier<T> maker) {
    this.maker = maker;
  }

  /** The thing; made now if it is not there. */
  public synchronized T get() {
    T thing = made;
    if (thing == null) {
      thing = maker.get();
      made = thing;
    }
    return thing;
  }
}
