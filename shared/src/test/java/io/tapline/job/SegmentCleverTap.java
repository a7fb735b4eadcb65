package io.tapline.job;

import io.tapline.clevertap.CleverTapApi;
import io.tapline.clevertap.ListFile;
import io.tapline.clevertap.Reply;
import io.tapline.clevertap.ScriptedApi;
import io.tapline.ledger.SegmentStep;
import io.tapline.sync.Connection;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A CleverTap that takes custom lists, and fails where a test says so. Thread-safe as far as the
 * calls go.
 */
final class SegmentCleverTap implements CleverTapApi {

  /** What became of a call. */
  enum Effect {
    NONE,
    /** It was processed, whatever the reply says. */
    TAKEN
  }

  private record Fault(Reply reply, Effect effect) {}

  private final Map<SegmentStep, Deque<Fault>> faults = new EnumMap<>(SegmentStep.class);
  private final List<String> calls = new ArrayList<>();
  private final List<String> lists = new ArrayList<>();
  private final List<String> completions = new ArrayList<>();
  private Runnable before = () -> {};
  private Runnable after = () -> {};
  private int urls;

  /** The next call of a step that has no fault yet ends so. */
  void fail(SegmentStep step, Reply reply, Effect effect) {
    faults.computeIfAbsent(step, s -> new ArrayDeque<>()).add(new Fault(reply, effect));
  }

  void fail(SegmentStep step, int status, String body) {
    fail(step, ScriptedApi.answer(status, body), Effect.NONE);
  }

  /** All is well from now on. */
  void recover() {
    faults.clear();
  }

  /** Something happens before or after each call. */
  void around(Runnable before, Runnable after) {
    this.before = before;
    this.after = after;
  }

  /** The calls made so far: {@code url}, {@code put 1}, {@code complete 1}, by the URL's number. */
  List<String> calls() {
    return calls;
  }

  /** The lists that were stored. */
  List<String> lists() {
    return lists;
  }

  /** What it was asked to make segments of. */
  List<String> completions() {
    return completions;
  }

  @Override
  public synchronized Reply post(
      Connection connection, String path, byte[] json, Duration timeout) {
    before.run();
    String body = new String(json, StandardCharsets.UTF_8);
    Reply reply =
        switch (path) {
          case "/get_custom_list_segment_url" -> url(body);
          case "/upload_custom_list_segment_completed" -> complete(body);
          default -> throw new AssertionError("nothing is at " + path);
        };
    after.run();
    return reply;
  }

  private Reply url(String body) {
    if (!body.isEmpty()) {
      throw new AssertionError("the first step has no body");
    }
    calls.add("url");
    return reply(
        SegmentStep.URL,
        () ->
            "{\"presignedS3URL\":\"https://lists.example.com/%d?X-Amz-Signature=SECRET\",\"status\":\"success\"}"
                .formatted(++urls));
  }

  private Reply complete(String body) {
    calls.add("complete " + body.replaceFirst(".*lists\\.example\\.com/(\\d+).*", "$1"));
    return reply(
        SegmentStep.COMPLETE,
        () -> {
          completions.add(body);
          return "{\"Segment ID\":77,\"status\":\"success\",\"code\":200}";
        });
  }

  @Override
  public synchronized Reply put(URI url, ListFile list, Duration timeout) {
    before.run();
    calls.add("put " + url.getPath().substring(1));
    Reply reply =
        reply(
            SegmentStep.PUT,
            () -> {
              try (InputStream content = list.open()) {
                byte[] bytes = content.readAllBytes();
                if (bytes.length != list.size()) {
                  throw new AssertionError("%d bytes of %d".formatted(bytes.length, list.size()));
                }
                lists.add(new String(bytes, StandardCharsets.UTF_8));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
              return "";
            });
    after.run();
    return reply;
  }

  private Reply reply(SegmentStep step, Supplier<String> processing) {
    Fault fault = faults.getOrDefault(step, new ArrayDeque<>()).poll();
    if (fault == null) {
      return ScriptedApi.answer(200, processing.get());
    }
    if (fault.effect == Effect.TAKEN) {
      processing.get();
    }
    return fault.reply;
  }
}
