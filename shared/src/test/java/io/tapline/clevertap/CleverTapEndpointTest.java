package io.tapline.clevertap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tapline.sync.RecordKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CleverTapEndpointTest {

  @ParameterizedTest
  @CsvSource({
    "PROFILE,        /1/upload,                d,          true",
    "EVENT,          /1/upload,                d,          true",
    "TOKEN,          /1/upload,                d,          true",
    "DEMERGE,        /1/demerge/profiles.json, identities, false",
    "SUBSCRIPTION,   /1/subscribe,             d,          true",
    "DISASSOCIATION, /1/disassociate,          d,          true",
  })
  void takesTheRecordsOfAKind(RecordKind kind, String path, String list, boolean counts) {
    Endpoint endpoint = Endpoint.of(kind);

    assertThat(endpoint.path()).isEqualTo(path);
    assertThat(endpoint.list()).isEqualTo(list);
    assertThat(endpoint.countsRecords()).isEqualTo(counts);
  }

  @Test
  void isNoneForMembersOfAList() {
    assertThatIllegalArgumentException().isThrownBy(() -> Endpoint.of(RecordKind.LIST_MEMBER));
  }
}
