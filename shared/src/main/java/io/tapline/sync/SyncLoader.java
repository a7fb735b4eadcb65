package io.tapline.sync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Loads syncs from JSON: the one place where the settings of a sync are checked and get their
 * defaults.
 */
public final class SyncLoader {

  static final List<String> KEYS =
      List.of(
          SettingsJson.SCHEMA,
          "connection",
          "prefix",
          "target",
          "operation",
          "arrayPropertyOperation",
          "threadCount",
          "skipOnInvalidRecord",
          "maxInvalidRecords",
          "maxEventProperties",
          "allowWhatsApp",
          "retry",
          "customList",
          "unknownOutcome",
          "since",
          "expectEvery",
          "format",
          "columnTypes",
          "rename");

  private static final String PREFIX =
      "text that is not empty, does not start with '/' and has no '.' or '..' between slashes";

  // The sweep looks for overdue exports every quarter of an hour.
  private static final Duration SHORTEST_EXPECTATION = Duration.ofHours(1);

  // So long the ledger keeps a job, and knows of its export.
  private static final Duration LONGEST_EXPECTATION = Duration.ofDays(30);

  private static final Pattern PERCENT = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,6})?)%");

  private final SettingsObject root;
  private final Problems problems;

  private SyncLoader(SettingsObject root, Problems problems) {
    this.root = root;
    this.problems = problems;
  }

  /**
   * Loads the sync that {@code json} describes. A key that is null counts as left out.
   *
   * @param name the sync's, as its file is named, without {@code .json}
   * @param json one JSON object in UTF-8
   * @param origin where it was read from, for messages
   * @throws SettingsException with everything that is wrong, a line each: the key, its value
   *     (shortened), what is allowed, and {@code origin}
   */
  public static Sync load(String name, byte[] json, String origin) {
    Problems problems = new Problems(origin);
    if (!SettingsName.isValid(name)) {
      problems.add("the name of a sync must be " + SettingsName.ALLOWED);
    }
    ObjectNode node = SettingsJson.read(json, problems).orElseThrow(problems::toException);
    return new SyncLoader(new SettingsObject(node, problems), problems).load(name);
  }

  /**
   * The prefix that a sync claims, though the rest of it be broken; empty when there is none that
   * can be one.
   */
  static Optional<String> prefix(byte[] json) {
    Problems ignored = new Problems("");
    return SettingsJson.read(json, ignored)
        .flatMap(
            node -> new SettingsObject(node, ignored).text("prefix", SyncLoader::isPrefix, PREFIX));
  }

  private Sync load(String name) {
    root.allowOnly(KEYS);
    root.text(SettingsJson.SCHEMA, text -> true, "text");
    String connection =
        root.requiredText("connection", SettingsName::isValid, "a name: " + SettingsName.ALLOWED);
    String prefix = root.requiredText("prefix", SyncLoader::isPrefix, PREFIX);
    Optional<Target> target = root.requiredChoice("target", Target.values(), Enum::name);
    Optional<Operation> operation = operation(target);
    ArrayPropertyOperation arrays = arrayPropertyOperation(target, operation);
    int threadCount = root.integer("threadCount", 1, 10, 5);
    boolean skip = root.flag("skipOnInvalidRecord", false);
    Optional<InvalidRecordLimit> limit = maxInvalidRecords(skip);
    int maxEventProperties = root.integer("maxEventProperties", 1, 256, 100);
    boolean allowWhatsApp = root.flag("allowWhatsApp", false);
    RetrySettings retry = RetryLoader.load(root.object("retry"));
    Optional<CustomListSettings> customList = customList(target);
    UnknownOutcome unknownOutcome =
        root.choice("unknownOutcome", UnknownOutcome.values(), SyncLoader::lowerCase)
            .orElse(UnknownOutcome.RESEND);
    Optional<Instant> since = since();
    Optional<Duration> expectEvery =
        root.duration(
            "expectEvery",
            every ->
                every.compareTo(SHORTEST_EXPECTATION) >= 0
                    && every.compareTo(LONGEST_EXPECTATION) <= 0,
            "a duration from \"1h\" to \"30d\"");
    FormatSettings format = FormatLoader.load(root.object("format"));
    Map<String, ColumnType> columnTypes = columnTypes(root.object("columnTypes"));
    Map<String, String> rename = rename(root.object("rename"));
    if (!problems.isEmpty()) {
      throw problems.toException();
    }
    return new Sync(
        name,
        connection,
        prefix,
        target.orElseThrow(),
        operation.orElse(null),
        arrays,
        threadCount,
        skip,
        limit.orElse(null),
        maxEventProperties,
        allowWhatsApp,
        retry,
        customList.orElse(null),
        unknownOutcome,
        since.orElse(null),
        expectEvery.orElse(null),
        format,
        columnTypes,
        rename);
  }

  private Optional<Operation> operation(Optional<Target> target) {
    if (target.isPresent() && target.get() != Target.USER_PROFILES) {
      root.refuseIfPresent("operation", "left out, for target is " + target.get());
      return Optional.empty();
    }
    return target.isPresent()
        ? root.requiredChoice("operation", Operation.values(), Enum::name)
        : root.choice("operation", Operation.values(), Enum::name);
  }

  private ArrayPropertyOperation arrayPropertyOperation(
      Optional<Target> target, Optional<Operation> operation) {
    ArrayPropertyOperation arrays =
        root.choice("arrayPropertyOperation", ArrayPropertyOperation.values(), Enum::name)
            .orElse(ArrayPropertyOperation.REPLACE);
    boolean otherTarget = target.isPresent() && target.get() != Target.USER_PROFILES;
    boolean otherOperation =
        operation.isPresent() && operation.get() != Operation.UPLOAD_USER_PROFILES;
    if (arrays != ArrayPropertyOperation.REPLACE && (otherTarget || otherOperation)) {
      root.refuseIfPresent(
          "arrayPropertyOperation", "REPLACE, unless operation is UPLOAD_USER_PROFILES");
    }
    return arrays;
  }

  private Optional<InvalidRecordLimit> maxInvalidRecords(boolean skip) {
    Optional<InvalidRecordLimit> limit =
        root.convert(
            "maxInvalidRecords",
            "an integer from 0, or a share of 0% to 100% such as \"2.5%\"",
            SyncLoader::invalidRecordLimit,
            value -> value.isTextual() || (value.isIntegralNumber() && value.canConvertToLong()));
    if (limit.isPresent() && !skip) {
      root.refuseIfPresent("maxInvalidRecords", "left out, unless skipOnInvalidRecord is true");
    }
    return limit;
  }

  private static Optional<InvalidRecordLimit> invalidRecordLimit(JsonNode value) {
    if (!value.isTextual()) {
      return Optional.of(value.longValue())
          .filter(rows -> rows >= 0)
          .map(InvalidRecordLimit.Count::new);
    }
    Matcher matcher = PERCENT.matcher(value.textValue());
    return matcher.matches()
        ? Optional.of(Double.parseDouble(matcher.group(1)))
            .filter(percent -> percent <= 100)
            .map(InvalidRecordLimit.Percent::new)
        : Optional.empty();
  }

  private Optional<CustomListSettings> customList(Optional<Target> target) {
    if (target.isPresent() && target.get() != Target.CUSTOM_LIST) {
      root.refuseIfPresent("customList", "left out, for target is " + target.get());
      return Optional.empty();
    }
    if (target.isPresent()) {
      root.requirePresent("customList", "an object");
    }
    return root.has("customList")
        ? Optional.of(CustomListLoader.load(root.object("customList")))
        : Optional.empty();
  }

  private Optional<Instant> since() {
    return root.convert(
        "since",
        "an instant such as 2026-11-24T00:00:00Z",
        SyncLoader::instant,
        JsonNode::isTextual);
  }

  private static Optional<Instant> instant(JsonNode value) {
    try {
      return Optional.of(Instant.parse(value.textValue()));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static Map<String, ColumnType> columnTypes(SettingsObject columns) {
    Map<String, ColumnType> types = new LinkedHashMap<>();
    for (String column : columns.keys()) {
      columns
          .choice(column, ColumnType.values(), SyncLoader::lowerCase)
          .ifPresent(type -> types.put(column, type));
    }
    return Collections.unmodifiableMap(types);
  }

  private static Map<String, String> rename(SettingsObject columns) {
    Map<String, String> names = new LinkedHashMap<>();
    for (String column : columns.keys()) {
      columns
          .text(column, text -> !text.isEmpty(), "text that is not empty")
          .ifPresent(name -> names.put(column, name));
    }
    return Collections.unmodifiableMap(names);
  }

  private static boolean isPrefix(String text) {
    return !text.isEmpty()
        && !text.startsWith("/")
        && !text.startsWith("./")
        && !text.startsWith("../")
        && !text.contains("/./")
        && !text.contains("/../");
  }

  /** How settings write the choices that are not CleverTap's own. */
  static String lowerCase(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }
}
