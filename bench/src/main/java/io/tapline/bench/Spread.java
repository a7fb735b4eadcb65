package io.tapline.bench;

import java.util.Collection;
import java.util.List;

/**
 * Several measurements of one thing.
 *
 * @param runs how many
 */
record Spread(int runs, double median, double least, double most) {

  /** The spread of these; one at least. */
  static Spread of(Collection<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    double median =
        sorted.size() % 2 == 1
            ? sorted.get(middle)
            : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    return new Spread(sorted.size(), median, sorted.getFirst(), sorted.getLast());
  }
}
