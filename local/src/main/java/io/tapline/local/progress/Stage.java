package io.tapline.local.progress;

/** A part of the work that can be watched. Asked by one thread at a time, not always the same. */
@FunctionalInterface
public interface Stage {

  /** How far it is at this moment. */
  Look look();
}
