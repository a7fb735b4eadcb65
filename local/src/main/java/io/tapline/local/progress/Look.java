package io.tapline.local.progress;

import java.util.List;

/**
 * How far a stage is.
 *
 * @param stage what is being done, such as {@code pushing}
 * @param done of {@code total}
 * @param total 0 where it is not known
 * @param figures what there is to tell, from the fullest text to the shortest; at least one
 */
public record Look(String stage, long done, long total, List<String> figures) {

  public Look {
    figures = List.copyOf(figures);
  }

  /** In whole percent, rounded down: only what is over has 100. */
  int percent() {
    return total <= 0 ? 0 : (int) Math.clamp(done * 100.0 / total, 0, 100);
  }
}
