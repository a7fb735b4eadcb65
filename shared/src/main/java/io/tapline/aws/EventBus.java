package io.tapline.aws;

/** Where others are told of what happened here. Safe for use by several threads. */
public interface EventBus {

  /**
   * Tells of an event; whoever listens may hear of it more than once.
   *
   * @param detailType the kind of event
   * @param detail a JSON object of at most some kilobytes
   * @throws RuntimeException when it may not have been told
   */
  void put(String detailType, String detail);
}
