package io.tapline.local.standin;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the text that {@link Faults} describes. Not safe for several threads. */
final class FaultSyntax {

  private static final Pattern LATENCY = Pattern.compile("(?<amount>[0-9]{1,9})(?<unit>ms|s)");
  private static final Pattern SEED = Pattern.compile("-?[0-9]{1,18}");
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");
  private static final Pattern SERVER_ERROR =
      Pattern.compile("(?<when>[^x]+)(x(?<times>[1-9][0-9]{0,8}))?");
  private static final Pattern PARTIAL = Pattern.compile("(?<when>[^:]+):(?<code>[1-9][0-9]{2})");
  private static final Pattern WHEN =
      Pattern.compile(
          "(?<share>0(\\.[0-9]+)?|1(\\.0+)?)"
              + "|#(?<first>[1-9][0-9]{0,17})(-(?<last>[1-9][0-9]{0,17}))?"
              + "|/(?<every>[1-9][0-9]{0,17})");

  private Duration latency = Duration.ZERO;
  private long seed;
  private @Nullable Integer retryAfter;
  private final List<Faults.CallRule> callRules = new ArrayList<>();
  private final List<Faults.RecordRule> recordRules = new ArrayList<>();

  /**
   * @throws IllegalArgumentException when an item is unknown or malformed
   */
  Faults read(String text) {
    if (!text.isBlank()) {
      for (String item : text.split(",", -1)) {
        add(item.strip());
      }
    }
    return new Faults(latency, seed, retryAfter, callRules, recordRules);
  }

  private void add(String item) {
    int equals = item.indexOf('=');
    String left = equals < 0 ? item : item.substring(0, equals);
    String value = item.substring(left.length() + (equals < 0 ? 0 : 1));
    int colon = left.indexOf(':');
    if (colon >= 0) {
      addRule(item, api(item, left.substring(0, colon)), left.substring(colon + 1), value);
      return;
    }
    switch (left) {
      case "latency" -> latency = latency(item, value);
      case "seed" -> seed = Long.parseLong(match(SEED, item, value, "an integer").group());
      case "retry-after" -> {
        String seconds = match(SECONDS, item, value, "whole seconds such as 2").group();
        retryAfter = Integer.valueOf(seconds);
      }
      default -> addRule(item, null, left, value);
    }
  }

  private void addRule(String item, @Nullable Api only, String name, String value) {
    switch (name) {
      case "555" -> {
        Matcher parts = match(SERVER_ERROR, item, value, "WHEN or WHENxN such as 0.02x3");
        String times = parts.group("times");
        recordRules.add(
            new Faults.RecordRule(
                only,
                555,
                times == null ? 1 : Integer.parseInt(times),
                when(item, parts.group("when"))));
      }
      case "partial" -> {
        Matcher parts = match(PARTIAL, item, value, "WHEN:CODE such as 0.1:523");
        int code = Integer.parseInt(parts.group("code"));
        recordRules.add(
            new Faults.RecordRule(only, code, Integer.MAX_VALUE, when(item, parts.group("when"))));
      }
      default -> {
        CallFault fault = callFault(item, name);
        callRules.add(new Faults.CallRule(only(item, only, fault), fault, when(item, value)));
      }
    }
  }

  private static Duration latency(String item, String value) {
    Matcher parts = match(LATENCY, item, value, "a duration such as 200ms or 2s");
    long amount = Long.parseLong(parts.group("amount"));
    return parts.group("unit").equals("s") ? Duration.ofSeconds(amount) : Duration.ofMillis(amount);
  }

  private static Api api(String item, String name) {
    return Api.named(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Fault \"" + item + "\": found \"" + name + "\", expected " + Api.names()));
  }

  /** There is one fault that only one API can have. */
  private static @Nullable Api only(String item, @Nullable Api only, CallFault fault) {
    if (fault != CallFault.NOT_GENERATED) {
      return only;
    }
    if (only != null && only != Api.SEGMENT_URL) {
      throw new IllegalArgumentException("Fault \"" + item + "\" is one of segment-url only");
    }
    return Api.SEGMENT_URL;
  }

  private static CallFault callFault(String item, String name) {
    return CallFault.named(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Fault \""
                        + item
                        + "\" is unknown; faults are latency, seed, retry-after, 555, partial, "
                        + CallFault.names()));
  }

  private static Trigger when(String item, String text) {
    Matcher parts =
        match(WHEN, item, text, "a share such as 0.05, numbers such as #3 or #3-8, or /10");
    if (parts.group("share") != null) {
      return new Trigger.Share(Double.parseDouble(parts.group("share")));
    }
    if (parts.group("every") != null) {
      return new Trigger.Every(Long.parseLong(parts.group("every")));
    }
    long first = Long.parseLong(parts.group("first"));
    String last = parts.group("last");
    return new Trigger.Numbers(first, last == null ? first : Long.parseLong(last));
  }

  private static Matcher match(Pattern pattern, String item, String value, String expected) {
    Matcher matcher = pattern.matcher(value);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "Fault \"" + item + "\": found \"" + value + "\", expected " + expected);
    }
    return matcher;
  }
}
