package io.tapline.clevertap;

import io.tapline.sync.Connection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Plays replies in order and keeps what it was asked; an unexpected call is an error. */
public final class ScriptedApi implements CleverTapApi {

  private final Deque<Reply> replies;
  private final List<String> bodies = new ArrayList<>();
  private final List<String> passcodes = new ArrayList<>();

  /** An API that gives these replies. */
  public ScriptedApi(List<Reply> replies) {
    this.replies = new ArrayDeque<>(replies);
  }

  @Override
  public Reply post(Connection connection, String path, byte[] json, Duration timeout) {
    bodies.add(new String(json, StandardCharsets.UTF_8));
    passcodes.add(connection.passcode());
    if (replies.isEmpty()) {
      throw new AssertionError("call " + bodies.size() + " was not expected: " + bodies.getLast());
    }
    return replies.removeFirst();
  }

  /** The bodies of all calls so far. */
  public List<String> bodies() {
    return bodies;
  }

  /** The passcode of each call so far. */
  public List<String> passcodes() {
    return passcodes;
  }

  /** Replies that were not asked for. */
  public int left() {
    return replies.size();
  }

  /** An answer with a body. */
  public static Reply answer(int status, String body) {
    return new Reply.Answer(status, body.getBytes(StandardCharsets.UTF_8), null);
  }
}
