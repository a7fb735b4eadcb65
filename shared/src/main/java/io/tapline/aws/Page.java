package io.tapline.aws;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A page of a listing.
 *
 * @param items in UTF-8 order; at least one, unless it is the last page
 * @param next the key behind which the next page begins; null: this is the last one
 */
public record Page<T>(List<T> items, @Nullable String next) {

  /** Copies the items. */
  public Page {
    items = List.copyOf(items);
  }

  /** A page of folders, which end in a slash. */
  static Page<String> ofFolders(List<String> folders, boolean isLast) {
    if (isLast) {
      return new Page<>(folders, null);
    }
    // Whatever lies in the last folder sorts before this.
    String folder = folders.getLast();
    return new Page<>(folders, folder.substring(0, folder.length() - 1) + (char) ('/' + 1));
  }

  /** The same page, with what {@code each} makes of an item in its place. */
  public <R> Page<R> map(Function<T, R> each) {
    return new Page<>(items.stream().map(each).toList(), next);
  }
}
