package io.tapline.local.standin;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A custom list segment that was completed.
 *
 * @param id what the reply called it; a segment that is replaced keeps its own
 * @param replaced whether there was one of this name
 * @param file the list, until the stand-in is closed
 * @param rows how many users the list has; when it is not valid, up to where it is not
 * @param problem what is wrong with the list, of which CleverTap's reply says nothing; null when
 *     nothing is
 */
public record Segment(
    long id, String name, boolean replaced, Path file, long rows, @Nullable String problem) {

  /** Whether CleverTap would make the segment, once it has read the list. */
  public boolean isValid() {
    return problem == null;
  }
}
