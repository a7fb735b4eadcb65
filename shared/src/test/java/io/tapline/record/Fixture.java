package io.tapline.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tapline.export.DelimitedRow;
import io.tapline.export.JsonRow;
import io.tapline.export.Row;
import io.tapline.sync.ArrayPropertyOperation;
import io.tapline.sync.ColumnType;
import io.tapline.sync.CustomListSettings;
import io.tapline.sync.FormatSettings;
import io.tapline.sync.Operation;
import io.tapline.sync.RecordKind;
import io.tapline.sync.RetrySettings;
import io.tapline.sync.Sync;
import io.tapline.sync.Target;
import io.tapline.sync.UnknownOutcome;
import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Syncs and rows for the tests of this package. */
final class Fixture {

  static final Instant LAST_MODIFIED = Instant.ofEpochSecond(1_700_000_000);
  static final ObjectMapper JSON = new ObjectMapper();

  private Target target = Target.USER_PROFILES;
  private @Nullable Operation operation = Operation.UPLOAD_USER_PROFILES;
  private ArrayPropertyOperation lists = ArrayPropertyOperation.REPLACE;
  private int maxEventProperties = 100;
  private boolean allowWhatsApp;
  private Map<String, ColumnType> types = Map.of();
  private Map<String, String> rename = Map.of();

  static Fixture profiles() {
    return new Fixture();
  }

  static Fixture events() {
    Fixture fixture = new Fixture();
    fixture.target = Target.USER_EVENTS;
    fixture.operation = null;
    return fixture;
  }

  static Fixture of(RecordKind kind) {
    return switch (kind) {
      case PROFILE -> profiles();
      case EVENT -> events();
      case TOKEN -> profiles().target(Target.USER_PROFILES, Operation.UPLOAD_DEVICE_TOKENS);
      case DEMERGE -> profiles().target(Target.USER_PROFILES, Operation.DEMERGE_USER_PROFILE);
      case SUBSCRIPTION -> profiles().target(Target.USER_PROFILES, Operation.UPDATE_SUBSCRIPTION);
      case DISASSOCIATION -> profiles().target(Target.USER_PROFILES, Operation.DISASSOCIATE_PHONE);
      case LIST_MEMBER -> profiles().target(Target.CUSTOM_LIST, null);
    };
  }

  private Fixture target(Target value, @Nullable Operation of) {
    target = value;
    operation = of;
    return this;
  }

  Fixture lists(ArrayPropertyOperation value) {
    lists = value;
    return this;
  }

  Fixture maxEventProperties(int value) {
    maxEventProperties = value;
    return this;
  }

  Fixture allowWhatsApp() {
    allowWhatsApp = true;
    return this;
  }

  Fixture types(Map<String, ColumnType> value) {
    types = value;
    return this;
  }

  Fixture rename(Map<String, String> value) {
    rename = value;
    return this;
  }

  Sync sync() {
    return new Sync(
        "test",
        "stand-in",
        "exports/",
        target,
        operation,
        lists,
        5,
        false,
        null,
        maxEventProperties,
        allowWhatsApp,
        new RetrySettings(3, Duration.ofMillis(200), Duration.ofSeconds(5), Duration.ofSeconds(30)),
        target == Target.CUSTOM_LIST
            ? new CustomListSettings("VIPs", "admin@example.com", "Tapline", false)
            : null,
        UnknownOutcome.RESEND,
        null,
        null,
        new FormatSettings(null, null, true, null, '"', '"', "", List.of()),
        types,
        rename);
  }

  Columns columns(String... header) {
    return Columns.of(sync(), List.of(header));
  }

  /** The only row of an export with these columns. */
  MappedRow map(List<String> header, @Nullable String... values) {
    Columns columns = Columns.of(sync(), header);
    Row row = row(1, values);
    return mapper(columns, row).map(row);
  }

  /** The only row of a JSONL export. */
  MappedRow mapJson(String line) {
    Columns columns = columns();
    Row row = json(1, line);
    return mapper(columns, row).map(row);
  }

  private RecordMapper mapper(Columns columns, Row row) {
    TypeTally tally = new TypeTally(columns);
    tally.add(row);
    return RecordMapper.of(sync(), columns, tally.decide(Map.of()), LAST_MODIFIED);
  }

  static DelimitedRow row(long number, @Nullable String... values) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int[] ends = new int[values.length];
    boolean[] nulls = new boolean[values.length];
    for (int i = 0; i < values.length; i++) {
      nulls[i] = values[i] == null;
      bytes.writeBytes((nulls[i] ? "" : values[i]).getBytes(StandardCharsets.UTF_8));
      ends[i] = bytes.size();
    }
    return new DelimitedRow(number, bytes.toByteArray(), ends, nulls);
  }

  static JsonRow json(long number, String line) {
    try {
      return new JsonRow(number, line, (ObjectNode) JSON.readTree(line));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The record, or the code and column of the rejection. */
  static String told(MappedRow row) {
    return switch (row) {
      case Mapped mapped -> new String(mapped.bytes(), StandardCharsets.UTF_8);
      case Rejection rejection ->
          rejection.column() == null
              ? rejection.code()
              : rejection.code() + " " + rejection.column();
    };
  }
}
