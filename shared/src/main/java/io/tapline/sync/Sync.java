package io.tapline.sync;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What to do with the exports that arrive under one prefix. Made and checked by {@link SyncLoader};
 * past it, nobody checks a setting again. Immutable.
 *
 * @param operation null unless {@code target} is {@link Target#USER_PROFILES}
 * @param threadCount calls at once, 1 to 10
 * @param maxInvalidRecords null: no limit
 * @param maxEventProperties 1 to 256
 * @param customList null unless {@code target} is {@link Target#CUSTOM_LIST}
 * @param since exports last modified before it are never pushed; null: no such bound
 * @param expectEvery how often an export with rows is expected, 1 hour to 30 days; null: no alarm
 *     when none comes
 * @param columnTypes by the export's own column name, before {@code rename}
 * @param rename from the export's own column name to the name that is sent
 */
public record Sync(
    String name,
    String connection,
    String prefix,
    Target target,
    @Nullable Operation operation,
    ArrayPropertyOperation arrayPropertyOperation,
    int threadCount,
    boolean skipOnInvalidRecord,
    @Nullable InvalidRecordLimit maxInvalidRecords,
    int maxEventProperties,
    boolean allowWhatsApp,
    RetrySettings retry,
    @Nullable CustomListSettings customList,
    UnknownOutcome unknownOutcome,
    @Nullable Instant since,
    @Nullable Duration expectEvery,
    FormatSettings format,
    Map<String, ColumnType> columnTypes,
    Map<String, String> rename) {

  /** What its rows become. */
  public RecordKind kind() {
    return RecordKind.of(target, operation);
  }

  /**
   * How many lanes its rows are dealt to: {@code threadCount}, or fewer where CleverTap says so.
   */
  public int lanes() {
    return kind().lanes(threadCount);
  }

  /** Whether a record that is sent twice counts twice; all but events are safe to repeat. */
  public boolean isEvents() {
    return target == Target.USER_EVENTS;
  }
}
