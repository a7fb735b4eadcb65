package io.tapline.record;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The columns of an export break a rule, so that none of it is sent. The message is for a person: a
 * line for each problem, with the column and what to do.
 */
public final class HeaderException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Who has corrected so many is told of the next. */
  private static final int MAX_PROBLEMS = 20;

  private final String code;

  HeaderException(String code, String message) {
    super(message);
    this.code = code;
  }

  HeaderException(List<ColumnProblem> problems) {
    super(message(problems.stream().map(ColumnProblem::reason).distinct().toList()));
    this.code = problems.getFirst().code();
  }

  private static String message(List<String> reasons) {
    String first = reasons.stream().limit(MAX_PROBLEMS).collect(Collectors.joining("\n"));
    return reasons.size() <= MAX_PROBLEMS
        ? first
        : first + "\n… and " + (reasons.size() - MAX_PROBLEMS) + " more problems of this kind";
  }

  /** The {@code UPPER_SNAKE} code of the first problem. */
  public String code() {
    return code;
  }
}
