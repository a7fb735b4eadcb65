package io.tapline.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapline.sync.ColumnType;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class KnownFieldTest {

  @ParameterizedTest
  @CsvSource({
    "Name,            STRING",
    "Email,           STRING",
    "Phone,           STRING",
    "Gender,          STRING",
    "DOB,             DATE",
    "Photo,           STRING",
    "Age,             NUMBER",
    "Employed,        STRING",
    "Education,       STRING",
    "Married,         STRING",
    "Customer Type,   STRING",
    "Timezone,        STRING",
    "MSG-email,       BOOLEAN",
    "MSG-push,        BOOLEAN",
    "MSG-sms,         BOOLEAN",
    "MSG-whatsapp,    BOOLEAN",
    "MSG-dndPhone,    BOOLEAN",
    "MSG-dndEmail,    BOOLEAN",
    "MSG-dndWhatsApp, BOOLEAN",
  })
  void isFoundInAnyCaseAndSentInCleverTapsSpelling(String spelling, ColumnType type) {
    for (String name :
        new String[] {
          spelling, spelling.toLowerCase(Locale.ROOT), spelling.toUpperCase(Locale.ROOT)
        }) {
      Column column = Fixture.profiles().columns("identity", name).all().get(1);

      assertThat(column.sentAs()).isEqualTo(spelling);
      assertThat(column.fixedType()).isEqualTo(type);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"FBID", "GPID"})
  void idsOfOtherServicesArePropertiesAndNameNoUser(String name) {
    assertThat(Fixture.told(Fixture.profiles().map(List.of("identity", name), "u", "x")))
        .isEqualTo(
            "{\"type\":\"profile\",\"identity\":\"u\",\"profileData\":{\"" + name + "\":\"x\"}}");
    assertThat(Fixture.told(Fixture.profiles().map(List.of("identity", name), null, "x")))
        .isEqualTo("523 identity");
  }

  @Test
  void areNineteen() {
    assertThat(KnownField.values()).hasSize(19);
  }

  @ParameterizedTest
  @CsvSource({"0, false", "1, true", "true, true", "false, false", "TRUE, true"})
  void aSubscriptionIsABoolean(String value, boolean sent) {
    for (KnownField field : KnownField.values()) {
      if (field.spelling().startsWith("MSG-")) {
        assertThat(
                Fixture.told(
                    Fixture.profiles().map(List.of("identity", field.spelling()), "u", value)))
            .endsWith("{\"" + field.spelling() + "\":" + sent + "}}");
      }
    }
  }
}
