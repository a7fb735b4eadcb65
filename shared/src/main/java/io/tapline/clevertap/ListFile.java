package io.tapline.clevertap;

import java.io.InputStream;

/** A custom list as a file that is never held whole. */
public interface ListFile {

  /** Its size in bytes. */
  long size();

  /** Opens it at its beginning, anew each time. */
  InputStream open();
}
