package io.tapline.sync;

import java.util.List;

/**
 * A sync or a connection that does not load. Its message is for a person: the key, the value and
 * what is allowed.
 */
public final class SettingsException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public SettingsException(String problem) {
    super(problem);
  }

  /** All that is wrong, a line each. */
  public SettingsException(List<String> problems) {
    super(String.join("\n", problems));
  }
}
