package io.tapline.record;

import java.util.List;

/**
 * The columns of an export break a rule, so that none of it is sent. The message is for a person: a
 * line for each problem, with the column and what to do.
 */
public final class HeaderException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String code;

  HeaderException(String code, String message) {
    super(message);
    this.code = code;
  }

  HeaderException(List<ColumnProblem> problems) {
    super(String.join("\n", problems.stream().map(ColumnProblem::reason).distinct().toList()));
    this.code = problems.getFirst().code();
  }

  /** The {@code UPPER_SNAKE} code of the first problem. */
  public String code() {
    return code;
  }
}
