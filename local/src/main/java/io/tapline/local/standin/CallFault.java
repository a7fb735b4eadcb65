package io.tapline.local.standin;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What can go wrong with a call as a whole. */
enum CallFault {
  BAD_REQUEST("400", true),
  UNAUTHORIZED("401", true),
  FORBIDDEN("403", true),
  TOO_LARGE("413", true),
  TOO_MANY("429", true),
  UNAVAILABLE("503", true),
  ERROR_BEFORE("500-before", true),
  ERROR_AFTER("500-after", false),
  BAD_GATEWAY_BEFORE("502-before", true),
  BAD_GATEWAY_AFTER("502-after", false),
  GATEWAY_TIMEOUT_BEFORE("504-before", true),
  GATEWAY_TIMEOUT_AFTER("504-after", false),
  RESET_BEFORE("reset-before", true),
  RESET_AFTER("reset-after", false),
  HANG_BEFORE("hang-before", true),
  HANG_AFTER("hang-after", false),
  /** CleverTap has no URL to give for a custom list. */
  NOT_GENERATED("not-generated", true),
  /** The server closes the connection after its reply. */
  CLOSE("close", false),
  /** The refusals of the reply do not say which record they are about. */
  UNNUMBERED("unnumbered", false),
  /** The reply counts one processed record too few. */
  MISCOUNT("miscount", false),
  /** The refusals of the reply come last record first. */
  REVERSED("reversed", false);

  private final String text;
  private final boolean beforeProcessing;

  CallFault(String text, boolean beforeProcessing) {
    this.text = text;
    this.beforeProcessing = beforeProcessing;
  }

  static Optional<CallFault> named(String text) {
    return Arrays.stream(values()).filter(fault -> fault.text.equals(text)).findFirst();
  }

  static String names() {
    return Arrays.stream(values()).map(fault -> fault.text).collect(Collectors.joining(", "));
  }

  /** Whether the call is not processed at all; what the client gets then depends on no reply. */
  boolean isBeforeProcessing() {
    return beforeProcessing;
  }

  /** What the client gets for {@code honest}. */
  Answer answer(Reply honest) {
    return switch (this) {
      case BAD_REQUEST -> Reply.error(400, "Malformed request");
      case UNAUTHORIZED -> Reply.error(401, "Account ID is not valid");
      case FORBIDDEN -> Reply.error(403, "Forbidden");
      case TOO_LARGE -> Reply.error(413, "Request too large");
      case TOO_MANY -> Reply.error(429, "Too many concurrent requests");
      case ERROR_BEFORE, ERROR_AFTER -> Reply.error(500, "Internal server error");
      case BAD_GATEWAY_BEFORE, BAD_GATEWAY_AFTER -> Reply.gateway(502);
      case UNAVAILABLE -> Reply.gateway(503);
      case GATEWAY_TIMEOUT_BEFORE, GATEWAY_TIMEOUT_AFTER -> Reply.gateway(504);
      case RESET_BEFORE, RESET_AFTER -> new Answer.Reset();
      case HANG_BEFORE, HANG_AFTER -> new Answer.Silence();
      case NOT_GENERATED -> SegmentUrlEndpoint.notGenerated();
      case CLOSE -> honest.closing();
      case UNNUMBERED -> ReplyEdit.unnumbered(honest);
      case MISCOUNT -> ReplyEdit.miscounted(honest);
      case REVERSED -> ReplyEdit.reversed(honest);
    };
  }
}
