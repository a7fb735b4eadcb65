package io.tapline.report;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tapline.ledger.InstantModule;
import io.tapline.ledger.RowCounts;
import io.tapline.ledger.Stop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a job. Its JSON form is a contract: scripts read {@code report.json} by these
 * names.
 *
 * @param sentAgainAfterUnknown events sent again after a call whose outcome nobody knows; they may
 *     count twice
 * @param runs how often delivery was attempted, 1 without a redrive
 * @param reasons why rows were rejected or refused, the most frequent first
 * @param segment the segment that was made of a custom list; null where there is none
 * @param stopped null unless the last run was stopped
 */
public record Report(
    String job,
    String sync,
    Export export,
    Status status,
    Instant startedAt,
    Instant finishedAt,
    RowCounts rows,
    long sentAgainAfterUnknown,
    int runs,
    Calls calls,
    Chunks chunks,
    List<Reason> reasons,
    List<SentColumn> columns,
    @Nullable Segment segment,
    @Nullable Stop stopped,
    List<Warning> warnings,
    List<Point> timeline) {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .addModule(new InstantModule())
          .enable(SerializationFeature.INDENT_OUTPUT)
          // An older report may lack a list that was added since.
          .withConfigOverride(
              List.class, o -> o.setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY)))
          .build();

  /** How a job ended: the first that fits. */
  public enum Status {
    /** The last run was stopped. */
    STOPPED,
    /** Rows are left open, or the counts do not add up. */
    FAILED,
    /** All rows are decided, not all are delivered. */
    COMPLETED_WITH_REJECTIONS,
    /** All rows are delivered. */
    COMPLETED
  }

  /**
   * Where the rows came from.
   *
   * @param version null where the bucket keeps no versions
   */
  public record Export(String bucket, String key, @Nullable String version, long bytes) {}

  /**
   * What was asked of CleverTap.
   *
   * @param throttled calls answered with 429
   */
  public record Calls(long total, long retries, long throttled) {

    /** Both together. */
    public Calls plus(Calls other) {
      return new Calls(total + other.total, retries + other.retries, throttled + other.throttled);
    }
  }

  /**
   * Chunks of the job.
   *
   * @param done chunks with an outcome that leaves no row failed
   * @param failed chunks with failed rows
   */
  public record Chunks(long total, long done, long failed) {}

  /**
   * Rows that were not delivered for one reason.
   *
   * @param by {@code tapline} or {@code clevertap}
   * @param column null where it is not one column's fault
   * @param reason of the first of the rows
   * @param firstRows at most ten, in order
   * @param examples at most three, in order; none where it is not one column's fault, and in a
   *     report that was written before there were any
   */
  public record Reason(
      String by,
      String code,
      @Nullable String column,
      long count,
      String reason,
      List<Long> firstRows,
      List<Example> examples) {}

  /**
   * A value for which a row was not delivered.
   *
   * @param value {@linkplain Mask masked}; null where the row has none
   */
  public record Example(long row, @Nullable String value) {}

  /**
   * How a column is sent.
   *
   * @param sentAs null where it is not sent
   * @param type null where it had no value to tell, or is not sent
   */
  public record SentColumn(String name, @Nullable String sentAs, @Nullable String type) {}

  /**
   * A custom list segment.
   *
   * @param id null where CleverTap did not say
   * @param mode as in the sync's settings
   */
  public record Segment(@Nullable Long id, String name, String mode) {}

  /**
   * Something that a person should know.
   *
   * @param answer what CleverTap answered, such as {@code HTTP 400: …}. It may quote a record, so
   *     it is for {@code report.json} only: no page and no terminal shows it. Null where there is
   *     none, and in a report that was written before it had a place of its own: there, it is part
   *     of the message.
   */
  public record Warning(String code, String message, @Nullable String answer) {

    /** One that is not due to an answer of CleverTap's. */
    public Warning(String code, String message) {
      this(code, message, null);
    }
  }

  /**
   * What happened in a stretch of time.
   *
   * @param at its beginning
   * @param rows rows decided in it
   */
  public record Point(Instant at, long rows, long calls, long throttled) {}

  /** The report as JSON, for {@code report.json}. */
  public byte[] toJson() {
    try {
      return JSON.writeValueAsBytes(this);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads {@link #toJson()} back. */
  public static Report parse(byte[] json) {
    try {
      return JSON.readValue(json, Report.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
