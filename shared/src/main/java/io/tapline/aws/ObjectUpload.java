package io.tapline.aws;

import java.io.OutputStream;

/**
 * An object that is being written. It appears whole when {@link #complete()} returns, and not at
 * all when the upload is closed without that. Not thread-safe.
 */
public abstract class ObjectUpload extends OutputStream {

  /** Makes the object appear. */
  public abstract void complete();

  /** Drops what was written unless it was completed. */
  @Override
  public abstract void close();
}
