package io.tapline.job;

import static io.tapline.job.Scene.BUCKET;
import static io.tapline.job.Scene.KEY;
import static io.tapline.job.Scene.SKIPPING;
import static io.tapline.job.Scene.arrival;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapline.aws.TimeBudget;
import java.util.ArrayList;
import java.util.List;

/** Sweeps of a scene. */
final class Sweeps {

  static final String EXPORT = "identity\na\n";
  static final String SINCE = SKIPPING + ",\"since\":\"2026-11-24T00:00:00Z\"";

  private final Scene scene;

  Sweeps(Scene scene) {
    this.scene = scene;
  }

  /** What a sweep finds. */
  List<Swept> sweep() {
    return sweep(scene.installation());
  }

  /** What it finds in an installation over the same parts. */
  List<Swept> sweep(Installation installation) {
    return sweep(installation, scene.unlimited());
  }

  /** What it finds in this time. */
  List<Swept> sweep(TimeBudget budget) {
    return sweep(scene.installation(), budget);
  }

  private static List<Swept> sweep(Installation installation, TimeBudget budget) {
    List<Swept> found = new ArrayList<>();
    new Sweep(installation, BUCKET).sweep(budget, found::add);
    return found;
  }

  /** Opens the job of {@link Scene#KEY}, and dies before it writes to this folder. */
  void dieBefore(String folder) {
    assertThatThrownBy(() -> new Opening(scene.dyingBefore(folder)).open(arrival(KEY)))
        .isInstanceOf(Scene.Crash.class);
  }
}
