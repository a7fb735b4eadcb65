package io.tapline.export;

/**
 * An export that can't be read on: the job stops. The message names the place and what to do, and
 * no value.
 */
public final class UnreadableExportException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String code;

  /**
   * @param code an {@code UPPER_SNAKE} code of ours, such as {@code TRUNCATED_GZIP} or {@code
   *     UNCLOSED_QUOTE}
   */
  public UnreadableExportException(String code, String message) {
    super(message);
    this.code = code;
  }

  public String code() {
    return code;
  }
}
