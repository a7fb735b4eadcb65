package io.tapline.splitter;

/** Starts the splitter once more, in an invocation of its own. Thread-safe. */
@FunctionalInterface
public interface Handover {

  /**
   * Returns when it is sure that the invocation will be made; it is not waited for.
   *
   * @param function the name or ARN by which this invocation reached the splitter
   * @param event what the other one gets, as JSON
   */
  void invoke(String function, byte[] event);
}
