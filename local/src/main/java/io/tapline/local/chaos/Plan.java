package io.tapline.local.chaos;

/** Says what is done to each step of a run. Safe for use by several threads. */
@FunctionalInterface
interface Plan {

  /**
   * What is done to a step.
   *
   * @param draw 64 random bits that belong to this step of this invocation
   */
  Harm at(Step step, long draw);
}
