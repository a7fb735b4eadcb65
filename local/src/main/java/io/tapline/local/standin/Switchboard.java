package io.tapline.local.standin;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes each call to its endpoint: path and method, the limit of calls at once, faults,
 * credentials, in this order. Safe for several threads.
 */
final class Switchboard {

  private record Line(Endpoint endpoint, Gate gate) {}

  private final Map<String, Line> lines = new HashMap<>();
  private final String accountId;
  private final String passcode;
  private final CallFaults faults;
  private final @Nullable RequestLog log;

  Switchboard(
      StandInOptions options,
      List<Endpoint> endpoints,
      CallFaults faults,
      @Nullable RequestLog log) {
    this.accountId = options.accountId();
    this.passcode = options.passcode();
    this.faults = faults;
    this.log = log;
    for (Endpoint endpoint : endpoints) {
      lines.put(endpoint.api().path(), new Line(endpoint, new Gate(endpoint.maxConcurrency())));
    }
  }

  Answer answer(Request request) {
    Line line = lines.get(request.head().path());
    if (line == null) {
      return Reply.error(404, "Not found");
    }
    if (!line.endpoint().api().method().equals(request.head().method())) {
      return Reply.error(405, "Method not allowed");
    }
    line.gate().come();
    try {
      return faults.withRetryAfter(
          line.gate().enter()
              ? letIn(line, request)
              : Reply.error(429, "Too many concurrent requests"));
    } finally {
      line.gate().gone();
    }
  }

  /** The most calls that were there at once, by path; only paths that were called. */
  Map<String, Integer> maxConcurrency() {
    Map<String, Integer> most = new HashMap<>();
    lines.forEach((path, line) -> most.put(path, line.gate().most()));
    most.values().removeIf(calls -> calls == 0);
    return most;
  }

  private Answer letIn(Line line, Request request) {
    try {
      Endpoint endpoint = line.endpoint();
      return faults.answer(endpoint.api(), () -> serve(endpoint, request));
    } finally {
      // Before the reply is written: a client that has it may send its next call at once.
      line.gate().leave();
    }
  }

  private Reply serve(Endpoint endpoint, Request request) {
    Reply refused = credentials(request.head());
    if (refused != null) {
      return refused;
    }
    Endpoint.Handled handled = endpoint.handle(request);
    if (log != null && handled.stored()) {
      log.add(request);
    }
    return handled.reply();
  }

  private @Nullable Reply credentials(RequestHead head) {
    if (!accountId.equals(head.header("X-CleverTap-Account-Id"))) {
      return Reply.error(401, "Account ID is not valid");
    }
    if (!passcode.equals(head.header("X-CleverTap-Passcode"))) {
      return Reply.error(401, "Account Passcode is not valid");
    }
    return null;
  }
}
