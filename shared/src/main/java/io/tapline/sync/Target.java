package io.tapline.sync;

/** What the rows of an export become in CleverTap: the connector's "Target Data Entity". */
public enum Target {
  USER_PROFILES,
  USER_EVENTS,
  CUSTOM_LIST
}
