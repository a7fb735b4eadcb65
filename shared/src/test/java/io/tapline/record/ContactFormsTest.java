package io.tapline.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ContactFormsTest {

  private static final Pattern EMAIL = Pattern.compile("[^\\s@]+@[^\\s@.]+(\\.[^\\s@.]+)+");

  @ParameterizedTest(name = "{0}: {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          a@b.c           | true  | the shortest
          a.b.@b.c        | true  | dots before the @ mean nothing
          ü@日本.jp        | true  | letters of any script
          a@b.c.d.e       | true  | any number of names
          a@b             | false | one name only
          @b.c            | false | nothing before the @
          a.b.c           | false | no @
          a@b@c.d         | false | two
          a@.b.c          | false | an empty first name
          a@b..c          | false | an empty name
          a@b.c.          | false | an empty last name
          "a b@c.d"       | false | white space before the @
          "a@b.c\t"       | false | white space behind it
          """)
  void knowsAnEmailAddress(String text, boolean isEmail, String rule) {
    assertThat(ContactForms.isEmail(TextSlice.of(text))).isEqualTo(isEmail);
  }

  @Test
  void judgesEmailAddressesAsThePatternDoes() {
    Random random = new Random(7);
    String pool = "ab@@..é \u000B\u00A0";
    for (int i = 0; i < 200_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(9); length > 0; length--) {
        text.append(pool.charAt(random.nextInt(pool.length())));
      }
      assertThat(ContactForms.isEmail(TextSlice.of(text.toString())))
          .as(text.toString())
          .isEqualTo(EMAIL.matcher(text).matches());
    }
  }

  @ParameterizedTest(name = "{0}: {2}")
  @CsvSource({
    "+1415555, true, seven digits",
    "+141555512345678, true, fifteen",
    "+141555, false, six",
    "+1415555123456789, false, sixteen",
    "14155551234, false, no plus sign",
    "+04155551234, false, no country begins with 0",
    "+1415-551234, false, a hyphen",
    "+141555512٣, false, a digit of another script"
  })
  void knowsAPhoneNumber(String text, boolean isPhone, String rule) {
    assertThat(ContactForms.isPhone(TextSlice.of(text))).isEqualTo(isPhone);
  }
}
