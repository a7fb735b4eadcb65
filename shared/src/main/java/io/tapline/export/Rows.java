package io.tapline.export;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The rows of one layout of text. */
interface Rows {

  /** The next row; null at the end of the export. */
  @Nullable Row next() throws IOException;

  /** Rows before the next one. */
  long count();

  /** Lines before the next row. */
  long lines();

  /** Rows left out, and not counted, since there was nothing to read in them. */
  long skipped();
}
