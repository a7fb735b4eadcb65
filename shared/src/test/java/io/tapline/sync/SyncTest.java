package io.tapline.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The seven ways to push. */
class SyncTest {

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "USER_PROFILES, UPLOAD_USER_PROFILES, PROFILE,        1000,   10, false, false",
    "USER_PROFILES, UPLOAD_DEVICE_TOKENS, TOKEN,          100,    10, false, false",
    "USER_PROFILES, DEMERGE_USER_PROFILE, DEMERGE,        100,    3,  true,  false",
    "USER_PROFILES, UPDATE_SUBSCRIPTION,  SUBSCRIPTION,   1000,   10, false, false",
    "USER_PROFILES, DISASSOCIATE_PHONE,   DISASSOCIATION, 1000,   10, false, false",
    "USER_EVENTS,   ,                     EVENT,          1000,   10, false, true",
    "CUSTOM_LIST,   ,                     LIST_MEMBER,    100000, 10, false, false",
  })
  void hasTheLimitsOfItsWay(
      Target target,
      @Nullable Operation operation,
      RecordKind kind,
      int rowsPerChunk,
      int lanes,
      boolean limitedByAccount,
      boolean countsTwice) {
    Sync sync = sync(target, operation, 10);

    assertThat(sync.kind()).isEqualTo(kind);
    assertThat(sync.kind().rowsPerChunk()).isEqualTo(rowsPerChunk);
    assertThat(sync.lanes()).isEqualTo(lanes);
    assertThat(sync.kind().isLimitedByAccount()).isEqualTo(limitedByAccount);
    assertThat(sync.isEvents()).as("a repeat counts twice").isEqualTo(countsTwice);
    assertThat(sync(target, operation, 2).lanes()).isEqualTo(2);
  }

  private static Sync sync(Target target, @Nullable Operation operation, int threads) {
    String json =
        "{\"connection\":\"prod\",\"prefix\":\"a/\",\"target\":\"%s\",\"threadCount\":%d%s%s}"
            .formatted(
                target,
                threads,
                operation == null ? "" : ",\"operation\":\"" + operation + "\"",
                target != Target.CUSTOM_LIST
                    ? ""
                    : ",\"customList\":{\"name\":\"VIPs\",\"userEmail\":\"a@example.com\","
                        + "\"mode\":\"CREATE_NEW_SEGMENT\"}");
    return SyncLoader.load("a", json.getBytes(StandardCharsets.UTF_8), "a");
  }
}
