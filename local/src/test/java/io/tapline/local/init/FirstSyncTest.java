package io.tapline.local.init;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What is drafted for an export. In the tables {@code /} ends a line of the export, {@code ¬} is a
 * tab, and text in braces is the part of the sync that is looked at.
 */
class FirstSyncTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiterString = "||",
      quoteCharacter = '`',
      value = {
        "CSV             || a.csv    || identity,name/1,\"x, y\"/     || {}",
        "by content      || a.txt    || identity,name/1,x/            || {}",
        "semicolons      || a.csv    || identity;name/1;x/            || {'delimiter': ';'}",
        "bars            || a.csv    || identity|name/1|x,y/          || {'delimiter': '|'}",
        "a byte order mark || a.csv  || \u00EF\u00BB\u00BFidentity,name/1,x/ || {}",
        "TSV             || a.tsv    || identity¬name/1¬x/            || {}",
        "TSV as .csv     || a.csv    || identity¬name/1¬x/            || {'type': 'tsv'}",
        "commas as .tsv  || a.tsv    || identity,name/1,x/            || {'delimiter': ','}",
        "JSONL           || a.jsonl  || {\"identity\":\"1\",\"b\":2}/ || {}",
        "JSONL as .json  || a.json   || {\"identity\":\"1\",\"b\":2}/ || {'type': 'jsonl'}",
        "bare backslash  || a.csv    || id,name/1,\"a \\\", b\"/2,c/  || {'escape': '\\'}",
        "never quoted    || a.csv    || id,name/1,a\\,b/2,\"c/        || {'quote': ''}",
        "\\N is null     || a.csv    || id,name/1,\\N/2,/             || {'nullText': '\\N'}",
        "NULL is null    || a.csv    || id,name/1,NULL/2,x/           || {'nullText': 'NULL'}",
        "a name NULL     || a.csv    || id,name,b/1,NULL,/2,x,/       || {}",
        "one column      || a.csv    || email/a@example.org/          || {}",
      })
  void findsTheFormat(String rule, String file, String export, String format) throws IOException {
    JsonNode sync = draft(file, export, Wishes.NONE);

    assertThat(sync.path("format"))
        .isEqualTo(expected(format).isEmpty() ? missing() : expected(format));
  }

  @Test
  void findsGzWhateverTheName() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream gz = new GZIPOutputStream(packed)) {
      gz.write("identity,name\n1,x\n".getBytes(ISO_8859_1));
    }
    Files.write(folder.resolve("a.csv"), packed.toByteArray());
    Files.writeString(folder.resolve("b.csv.gz"), "identity,name\n1,x\n");

    assertThat(draft("a.csv", Wishes.NONE).path("format").path("compression").asText())
        .isEqualTo("gz");
    assertThat(draft("b.csv.gz", Wishes.NONE).path("format").path("compression").asText())
        .isEqualTo("none");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiterString = "||",
      quoteCharacter = '`',
      value = {
        "identity       || profiles     || a.csv || identity,city/1,x/                || {}",
        "objectId       || profiles     || a.csv || objectid,city/1,x/                || {}",
        "a known name   || profiles     || a.csv || city,Customer-ID/x,1/             ||"
            + " {'Customer-ID': 'identity'}",
        "the likelier   || profiles     || a.csv || id,user_id/1,2/                   ||"
            + " {'user_id': 'identity'}",
        "one that fits  || profiles     || a.csv || user_id,crm_id/1,2/1,3/,4/        || {'crm_id':"
            + " 'identity'}",
        "none that fits || profiles     || a.csv || user_id,crm_id/1,2/1,2/           ||"
            + " {'user_id': 'identity'}",
        "e-mail only    || profiles     || a.csv || Email,city/a@example.org,x/       || {'Email':"
            + " 'identity'}",
        "CleverTap's id || profiles     || a.csv || clevertap_id,city/1,x/            ||"
            + " {'clevertap_id': 'objectId'}",
        "own fields     || profiles     || a.csv ||"
            + " id,e_mail,mobile,birthday/1,a@example.org,+12015550122,2001-02-03/ || {'id':"
            + " 'identity', 'e_mail': 'Email', 'mobile': 'Phone', 'birthday': 'DOB'}",
        "no such values || profiles     || a.csv || id,mobile,birthday/1,0201 555,soon/ || {'id':"
            + " 'identity'}",
        "events         || events       || a.csv || evtname,identity,ts/x,1,5/        || {}",
        "other events   || events       || a.csv ||"
            + " event_name,user_id,time/x,1,1793497585/x,1,1793497586/ || {'event_name': 'evtName',"
            + " 'user_id': 'identity', 'time': 'ts'}",
        "no time        || events       || a.csv || event,uid,time/x,1,noon/          || {'event':"
            + " 'evtName', 'uid': 'identity'}",
        "tokens         || tokens       || a.csv || objectid,id,type/1,x,fcm/         || {}",
        "other tokens   || tokens       || a.csv || object_id,push_token,platform/1,x,fcm/ ||"
            + " {'object_id': 'objectId', 'push_token': 'id', 'platform': 'type'}",
        "subscription   || subscription || a.csv ||"
            + " value,type,status/a@example.org,email,Unsubscribe/ || {}",
        "disassociate   || disassociate || a.csv || value,since/+12015550122,x/       || {}",
        "custom list    || custom-list  || a.csv || type,identity/i,1/                || {}",
        "demerge        || demerge      || my-demerge.csv || identity/1/              || {}",
        "bad names      || profiles     || a.csv || identity,,Total ($),a.b/1,2,3,4/  || {'':"
            + " 'column 2', 'Total ($)': 'Total', 'a.b': 'a_b'}",
        "twins          || profiles     || a.csv || identity,a.b,a_b/1,2,3/           || {'a.b':"
            + " 'a_b 2'}",
      })
  void findsWhatColumnsMean(String rule, String kind, String file, String export, String rename)
      throws IOException {
    JsonNode sync = draft(file, export, Wishes.NONE);

    Kind expected = Kind.named(kind).orElseThrow();
    assertThat(sync.path("target").asText()).isEqualTo(expected.target().name());
    assertThat(sync.path("operation").asText(null))
        .isEqualTo(expected.operation() == null ? null : expected.operation().name());
    assertThat(sync.path("rename"))
        .isEqualTo(expected(rename).isEmpty() ? missing() : expected(rename));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiterString = "||",
      quoteCharacter = '`',
      value = {
        "leading zeros     || a.csv || identity,b/1,02139/2,10115/          || {'b': 'string'} ||",
        "over 15 digits    || a.csv || identity,b/1,1234567890123456/       || {'b': 'string'} ||",
        "a name of codes   || a.csv || identity,order_id/1,17/              || {'order_id':"
            + " 'string'} ||",
        "a name of flags   || a.csv || identity,is_vip/1,1/2,0/             || {'is_vip':"
            + " 'boolean'} ||",
        "0 and 1           || a.csv || identity,orders/1,1/2,0/             || {} || orders is only"
            + " 0 and 1",
        "TRUE              || a.csv || identity,b/1,TRUE/2,False/           || {'b': 'boolean'} ||",
        "true              || a.csv || identity,b/1,true/2,false/           || {} ||",
        "dates             || a.csv || identity,b/1,2026-11-24/             || {'b': 'date'} ||",
        "times             || a.csv || identity,b/1,2026-11-24 10:00:00/    || {} ||",
        "times in JSON     || a.jsonl || {\"identity\":\"1\",\"b\":\"2026-11-24T10:00:00Z\"}/ ||"
            + " {'b': 'date'} ||",
        "epoch seconds     || a.csv || identity,seen_at/1,1793497585/       || {'seen_at': 'date'}"
            + " ||",
        "a large number    || a.csv || identity,b/1,1793497585/             || {} ||",
        "epoch millis      || a.csv || identity,seen_at/1,1793497585000/    || {} || divide by"
            + " 1000",
        "other dates       || a.csv || identity,b/1,24.11.2026/             || {} || \"99.99.9999\""
            + " in row 1",
        "commas            || a.csv || identity;b/1;12,5/                   || {} || numbers with a"
            + " comma (\"99,9\" in row 1)",
        "a slip            || a.csv || identity,b/1,1/2,2/3,3/4,4/5,5/6,6/7,7/8,8/9,9/10,ten/ || {}"
            + " || b is numbers but for 1 row, the first \"xxx\" in row 10",
        "NaN is no slip    || a.csv || identity,b/1,1.5/2,NaN/              || {} ||",
        "known fields      || a.csv || identity,zip,age,dob/1,x,017,2001-02-03/ || {} ||",
        "no properties     || a.csv || type,identity,zip/i,1,02139/         || {} ||",
      })
  void declaresTypesThatOneWouldNotExpect(
      String rule, String file, String export, String types, String doubt) throws IOException {
    JsonNode sync = draft(file, export, Wishes.NONE);

    assertThat(sync.path("columnTypes"))
        .isEqualTo(expected(types).isEmpty() ? missing() : expected(types));
    if (doubt != null) {
      assertThat(told).contains(doubt);
    } else {
      assertThat(told).doesNotContain(" b is");
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiterString = "||",
      quoteCharacter = '`',
      value = {
        "no identity   || a.csv  || city,x/1,2/            || no column looks like one that names a"
            + " user. The columns are city, x. / --identity COLUMN / --kind KIND",
        "one column    || a.csv  || identity/1/            || the only column is identity / --kind"
            + " profiles, demerge or custom-list",
        "no header     || a.csv  || 17,Ada,ada@example.org/18,B,/ || the first line of the file"
            + " holds values, not names: 99,Xxx,xxx@xxxxxxx.xxx. Name the 3 columns / --columns",
        "nothing       || a.csv  || ``                     || a.csv is empty",
        "only a header || a.csv  || identity,name/         || a.csv has no rows",
        "Excel         || a.xlsx || `PK\u0003\u0004`       || a zip file, as those of Excel are;"
            + " save it as CSV",
        "Parquet       || a.csv  || PAR1                   || a Parquet file",
        "UTF-16        || a.csv  || \u00FF\u00FEi          || text in UTF-16",
        "a JSON array  || a.json || [{\"identity\":1}]/    || one JSON array / jq -c '.[]' FILE",
        "pretty JSON   || a.json || {/ \"identity\":1/}/   || JSON over several lines / jq -c ."
            + " FILE",
        "no gz         || a.csv  || `\u001F\u008Bxxxxxxxxxxxx` || a.csv: / gz member",
        "rejected rows || a.csv  || identity;_row;_code;_reason/a;1;516;x/ || a.csv: the file holds"
            + " rejected rows / save it once more with commas",
        "two of a name || a.csv  || identity,b,b/1,2,3/    || a.csv: / \"b\"",
      })
  void saysWhatItCanNotTell(String rule, String file, String export, String messages)
      throws IOException {
    write(file, export == null ? "" : export);

    assertThatThrownBy(() -> FirstSync.draft(folder.resolve(file), "test", Wishes.NONE, null))
        .isInstanceOf(UndecidedException.class)
        .message()
        .contains(messages.split(" / "));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiterString = "||",
      quoteCharacter = '`',
      value = {
        "profiles     || city/x/                            || no column looks like one that names"
            + " a user",
        "events       || identity,x/1,2/                    || the kind events needs a column"
            + " evtName, and there is none among identity, x: / 'Order Placed' AS evtName",
        "tokens       || identity,id,type/1,x,fcm/          || the kind tokens needs a column"
            + " objectId / --rename COLUMN=objectId",
        "demerge      || city/x/                            || no column looks like one that names"
            + " a user",
        "subscription || email,status/a@example.org,x/      || the kind subscription needs a column"
            + " value / email AS value",
        "disassociate || city/x/                            || the kind disassociate needs a column"
            + " value / --rename COLUMN=value",
        "custom-list  || identity/1/                        || the kind custom-list needs a column"
            + " type / 'i' AS type",
      })
  void saysWhichColumnAKindNeeds(String kind, String export, String messages) throws IOException {
    write("a.csv", export);
    Wishes wishes = new Wishes(Kind.named(kind).orElseThrow(), null, Map.of(), List.of());

    assertThatThrownBy(() -> FirstSync.draft(folder.resolve("a.csv"), "test", wishes, null))
        .isInstanceOf(UndecidedException.class)
        .message()
        .contains(messages.split(" / "));
  }

  @Test
  void doesWhatAPersonSays() throws IOException {
    Wishes wishes =
        new Wishes(
            Kind.EVENTS,
            "Who",
            Map.of("what", "evtName", "when", "ts"),
            List.of("who", "what", "when"));

    JsonNode sync = draft("a.csv", "7,Order Placed,1793497585/8,Order Placed,1793497586/", wishes);

    assertThat(sync.path("target").asText()).isEqualTo("USER_EVENTS");
    assertThat(sync.path("format"))
        .isEqualTo(expected("{'header': false, 'columns': ['who', 'what', 'when']}"));
    assertThat(sync.path("rename"))
        .isEqualTo(expected("{'what': 'evtName', 'when': 'ts', 'who': 'identity'}"));
  }

  @Test
  void saysThatMostRowsAreBad() throws IOException {
    draft("a.csv", "identity,phone/1,0201 555/2,0201 556/3,/", Wishes.NONE);

    assertThat(told).contains("most rows are bad: 2 rows of 3 would be rejected (2x 516 in phone)");
  }

  @Test
  void tellsNoValue() throws IOException {
    String export =
        "user_id;crm_id;email;phone;note;score;born;zip/"
            + "1001;k-77;ada@example.org;0201 555;Secret;12,5;24.11.1980;02139/"
            + "1001;k-78;bo@example.org;0201 556;Hidden;8,5;25.11.1980;02140/";

    draft("a.csv", export, Wishes.NONE);

    assertThat(told).contains("Look at:");
    for (String value : export.split("[;/]")) {
      if (value.matches(".*\\d.*|.*@.*|Secret|Hidden")) {
        assertThat(told).doesNotContain(value);
      }
    }
  }

  @Test
  void keepsLinesNarrow() throws IOException {
    draft("a.csv", "user_id,crm_id,email,spent/1,2,a@example.org,\"1,5\"/1,2,b,/", Wishes.NONE);

    assertThat(told.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(101));
  }

  private String told = "";

  private JsonNode draft(String file, String export, Wishes wishes) throws IOException {
    write(file, export);
    return draft(file, wishes);
  }

  private JsonNode draft(String file, Wishes wishes) throws IOException {
    FirstSync first = FirstSync.draft(folder.resolve(file), "test", wishes, null);
    told = FirstSyncText.of(first, Path.of(file), Path.of("test.json"));
    return JSON.readTree(first.json());
  }

  private void write(String file, String export) throws IOException {
    Files.write(
        folder.resolve(file), export.replace('/', '\n').replace('¬', '\t').getBytes(ISO_8859_1));
  }

  private static JsonNode expected(String json) throws IOException {
    return JSON.readTree(json.replace("\\", "\\\\").replace('\'', '"'));
  }

  private static JsonNode missing() {
    return JSON.missingNode();
  }
}
