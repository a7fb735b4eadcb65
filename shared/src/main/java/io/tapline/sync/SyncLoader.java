package io.tapline.sync;

/** Stub. */
public final class SyncLoader {
  private SyncLoader() {}
}
