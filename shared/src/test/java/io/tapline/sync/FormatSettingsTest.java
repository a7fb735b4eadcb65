package io.tapline.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatSettingsTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "by the key,                a/b.csv,              ,      ,     CSV,   NONE, `,`",
        "by the key,                a/b.tsv,              ,      ,     TSV,   NONE, `\t`",
        "by the key,                a/b.jsonl,            ,      ,     JSONL, NONE, `,`",
        "a packed one,              a/b.tsv.gz,           ,      ,     TSV,   GZ,   `\t`",
        "a part's name,             name.000.00.csv.gz,   ,      ,     CSV,   GZ,   `,`",
        "upper case,                A/B.JSONL.GZ,         ,      ,     JSONL, GZ,   `,`",
        "CSV without an ending,     a/b,                  ,      ,     CSV,   NONE, `,`",
        "only .gz,                  a/b.gz,               ,      ,     CSV,   GZ,   `,`",
        "an ending is at the end,   a.tsv/b.tsv.txt,      ,      ,     CSV,   NONE, `,`",
        "type wins over the key,    a/b.csv.gz,           TSV,   ,     TSV,   GZ,   `\t`",
        "type wins over the key,    a/b.csv,              JSONL, ,     JSONL, NONE, `,`",
        "compression wins,          a/b.tsv.gz,           ,      NONE, TSV,   NONE, `\t`",
        "compression wins,          a/b.tsv,              ,      GZ,   TSV,   GZ,   `\t`",
        "rejected lines are plain,  a/rejects.jsonl,      JSONL, GZ,   JSONL, NONE, `,`",
        "only they are,             a/other.jsonl,        JSONL, GZ,   JSONL, GZ,   `,`",
      })
  void findsFromTheKeyWhatIsLeftOpen(
      String rule,
      String key,
      Format.Type type,
      Format.Compression compression,
      Format.Type foundType,
      Format.Compression foundCompression,
      char delimiter) {
    Format format =
        new FormatSettings(type, compression, true, null, '"', '"', "", List.of()).resolve(key);

    assertThat(format)
        .as(rule)
        .isEqualTo(
            new Format(
                foundType,
                foundCompression,
                foundType != Format.Type.JSONL,
                delimiter,
                '"',
                '"',
                "",
                List.of()));
  }

  @Test
  void keepsTheDialect() {
    FormatSettings settings =
        new FormatSettings(null, null, false, '|', null, '\\', "\\N", List.of("a", "b"));

    assertThat(settings.resolve("x.tsv"))
        .isEqualTo(
            new Format(
                Format.Type.TSV,
                Format.Compression.NONE,
                false,
                '|',
                null,
                '\\',
                "\\N",
                List.of("a", "b")));
  }

  @Test
  void hasNoColumnsForJsonl() {
    FormatSettings settings =
        new FormatSettings(null, null, false, null, '"', '"', "", List.of("a", "b"));

    assertThat(settings.resolve("x.jsonl").columns()).isEmpty();
  }
}
