package io.tapline.local.standin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Takes each call to its endpoint: path and method, the limit of calls at once, faults,
 * credentials, in this order. Safe for several threads.
 */
final class Switchboard {

  private record Line(Endpoint endpoint, Gate gate) {}

  private static final Reply NOT_PROCESSED = Reply.error(500, "Not processed");

  private final Map<String, Line> lines = new LinkedHashMap<>();
  private final String accountId;
  private final String passcode;
  private final Faults faults;
  private final @Nullable RequestLog log;
  private final AtomicLong calls = new AtomicLong();

  Switchboard(StandInOptions options, List<Endpoint> endpoints, @Nullable RequestLog log) {
    this.accountId = options.accountId();
    this.passcode = options.passcode();
    this.faults = options.faults();
    this.log = log;
    for (Endpoint endpoint : endpoints) {
      lines.put(endpoint.path(), new Line(endpoint, new Gate(endpoint.maxConcurrency())));
    }
  }

  Answer answer(Request request) {
    Line line = lines.get(request.path());
    if (line == null) {
      return Reply.error(404, "Not found");
    }
    if (!line.endpoint().method().equals(request.method())) {
      return Reply.error(405, "Method not allowed");
    }
    line.gate().come();
    try {
      return withRetryAfter(
          line.gate().enter()
              ? letIn(line, request)
              : Reply.error(429, "Too many concurrent requests"));
    } finally {
      line.gate().gone();
    }
  }

  /** The most calls that were there at once, by path. */
  Map<String, Integer> maxConcurrency() {
    Map<String, Integer> most = new TreeMap<>();
    lines.forEach((path, line) -> most.put(path, line.gate().most()));
    return most;
  }

  private Answer letIn(Line line, Request request) {
    try {
      return serve(line.endpoint(), request);
    } finally {
      // Before the reply is written: a client that has it may send its next call at once.
      line.gate().leave();
    }
  }

  private Answer serve(Endpoint endpoint, Request request) {
    Optional<CallFault> fault = faults.ofCall(calls.incrementAndGet());
    if (!pause()) {
      return new Answer.Reset();
    }
    if (fault.isPresent() && fault.get().isBeforeProcessing()) {
      return fault.get().answer(NOT_PROCESSED);
    }
    Reply refused = credentials(request);
    Reply reply = refused == null ? process(endpoint, request) : refused;
    return fault.isPresent() ? fault.get().answer(reply) : reply;
  }

  private @Nullable Reply credentials(Request request) {
    if (!accountId.equals(request.header("X-CleverTap-Account-Id"))) {
      return Reply.error(401, "Account ID is not valid");
    }
    if (!passcode.equals(request.header("X-CleverTap-Passcode"))) {
      return Reply.error(401, "Account Passcode is not valid");
    }
    return null;
  }

  private Reply process(Endpoint endpoint, Request request) {
    Endpoint.Handled handled = endpoint.handle(request);
    if (log != null && handled.stored()) {
      log.add(request);
    }
    return handled.reply();
  }

  /** Takes the time that a call is said to take; false when the server is being closed. */
  private boolean pause() {
    if (faults.latency().isZero()) {
      return true;
    }
    try {
      Thread.sleep(faults.latency());
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Answer withRetryAfter(Answer answer) {
    if (faults.retryAfter() != null
        && answer instanceof Reply reply
        && (reply.status() == 429 || reply.status() == 503)) {
      return reply.withHeader("Retry-After", faults.retryAfter().toString());
    }
    return answer;
  }
}
