package io.tapline.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.tapline.sync.ArrayPropertyOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each limit of a record, on both sides of its edge. */
final class LimitsTest {

  static Stream<Arguments> limits() {
    return Stream.of(
        limit("identity, characters", 1024, "523 identity", n -> profile("identity", ascii(n))),
        limit(
            "identity, of two bytes",
            1024,
            "523 identity",
            n -> profile("identity", "é".repeat(n))),
        limit(
            "identity, of four bytes",
            1024,
            "523 identity",
            n -> profile("identity", "😀".repeat(n))),
        limit("objectId, characters", 1024, "526 objectId", n -> profile("objectId", ascii(n))),
        limit(
            "objectId, of two bytes",
            1024,
            "526 objectId",
            n -> profile("objectId", "é".repeat(n))),
        limit("identity of an event", 1024, "523 identity", n -> event(ascii(n), "Hi")),
        limit("name of an event, bytes", 512, "VALUE_TOO_LONG evtName", n -> event("u", ascii(n))),
        limit(
            "name of an event, multi-byte",
            512,
            "VALUE_TOO_LONG evtName",
            n -> event("u", multiByte(n))),
        limit("value, bytes", 512, "VALUE_TOO_LONG c", n -> value(ascii(n))),
        limit("value, multi-byte", 512, "VALUE_TOO_LONG c", n -> value(multiByte(n))),
        limit(
            "value of a known field", 512, "VALUE_TOO_LONG name", n -> known("name", multiByte(n))),
        limit(
            "e-mail address",
            512,
            "VALUE_TOO_LONG email",
            n -> known("email", ascii(n - 12) + "@example.com")),
        limit("value of an event", 512, "VALUE_TOO_LONG c", n -> eventValue("c", multiByte(n))),
        limit(
            "value of an item",
            512,
            "VALUE_TOO_LONG Items[0].c",
            n -> eventValue("Items[0].c", ascii(n))),
        limit(
            "JSON value, bytes", 512, "VALUE_TOO_LONG c", n -> jsonProfile("c", quoted(ascii(n)))),
        limit(
            "JSON value, multi-byte",
            512,
            "VALUE_TOO_LONG c",
            n -> jsonProfile("c", quoted(multiByte(n)))),
        limit(
            "JSON value of an item",
            512,
            "VALUE_TOO_LONG Items",
            n -> jsonCharged("[{\"c\":" + quoted(multiByte(n)) + "}]")),
        limit(
            "JSON key, bytes",
            120,
            "COLUMN_NAME_TOO_LONG " + ascii(121),
            n -> jsonProfile(ascii(n), "1")),
        limit(
            "JSON key, multi-byte",
            120,
            "COLUMN_NAME_TOO_LONG " + multiByte(121),
            n -> jsonProfile(multiByte(n), "1")),
        limit(
            "JSON key of an item",
            120,
            "COLUMN_NAME_TOO_LONG Items",
            n -> jsonCharged("[{" + quoted(multiByte(n)) + ":1}]")),
        limit("items of a list", 100, "LIST_TOO_LONG c", n -> value(list(n))),
        limit(
            "items to append",
            100,
            "LIST_TOO_LONG c",
            n -> changed(ArrayPropertyOperation.APPEND, list(n))),
        limit(
            "items to remove",
            100,
            "LIST_TOO_LONG c",
            n -> changed(ArrayPropertyOperation.REMOVE, list(n))),
        limit(
            "items that count, among repeats and nulls",
            100,
            "LIST_TOO_LONG c",
            n -> value(list(n).replace("]", ",\"0\",null]"))),
        limit("items of a JSON list", 100, "LIST_TOO_LONG c", n -> jsonProfile("c", list(n))),
        limit(
            "item of a list, bytes",
            512,
            "VALUE_TOO_LONG c",
            n -> value("[" + quoted(ascii(n)) + "]")),
        limit(
            "item of a list, multi-byte",
            512,
            "VALUE_TOO_LONG c",
            n -> value("[1," + quoted(multiByte(n)) + "]")),
        limit(
            "item of a JSON list",
            512,
            "VALUE_TOO_LONG c",
            n -> jsonProfile("c", "[" + quoted(multiByte(n)) + "]")),
        limit("properties of an event", 100, "522", n -> properties(Fixture.events(), n)),
        limit(
            "properties of an event, by the setting",
            256,
            "522",
            n -> properties(Fixture.events().maxEventProperties(256), n)),
        limit("properties of a JSON event", 100, "522", LimitsTest::jsonProperties),
        limit(
            "items of an event",
            256,
            "512 Items",
            n ->
                jsonCharged(
                    IntStream.range(0, n)
                        .mapToObj(i -> "{\"a\":" + i + "}")
                        .collect(Collectors.joining(",", "[", "]")))));
  }

  private static Arguments limit(String rule, int most, String code, IntFunction<MappedRow> row) {
    return arguments(rule, most, code, row);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("limits")
  void holdsOnBothSidesOfItsEdge(String rule, int most, String code, IntFunction<MappedRow> row) {
    assertThat(Fixture.told(row.apply(most))).startsWith("{");
    assertThat(Fixture.told(row.apply(most + 1))).isEqualTo(code);
  }

  private static String ascii(int bytes) {
    return "a".repeat(bytes);
  }

  /** So many bytes in characters of two, and of one where it does not come out even. */
  private static String multiByte(int bytes) {
    return "é".repeat(bytes / 2) + "a".repeat(bytes % 2);
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }

  private static String list(int items) {
    return IntStream.range(0, items)
        .mapToObj(i -> quoted(String.valueOf(i)))
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static MappedRow profile(String idColumn, String id) {
    return Fixture.profiles().map(List.of(idColumn), id);
  }

  private static MappedRow known(String column, String value) {
    return Fixture.profiles().map(List.of("identity", column), "u", value);
  }

  private static MappedRow value(String value) {
    return known("c", value);
  }

  private static MappedRow changed(ArrayPropertyOperation operation, String list) {
    return Fixture.profiles().lists(operation).map(List.of("identity", "c"), "u", list);
  }

  private static MappedRow event(String identity, String name) {
    return Fixture.events().map(List.of("identity", "evtName"), identity, name);
  }

  private static MappedRow eventValue(String column, String value) {
    return Fixture.events().map(List.of("identity", "evtName", column), "u", "Charged", value);
  }

  private static MappedRow properties(Fixture fixture, int properties) {
    List<String> header = new ArrayList<>(List.of("identity", "evtName", "null"));
    List<String> values = new ArrayList<>(List.of("u", "Hi"));
    values.add(null);
    for (int i = 0; i < properties; i++) {
      header.add("c" + i);
      values.add("1");
    }
    return fixture.map(header, values.toArray(String[]::new));
  }

  private static MappedRow jsonProfile(String key, String value) {
    return Fixture.profiles().mapJson("{\"identity\":\"u\",\"" + key + "\":" + value + "}");
  }

  private static MappedRow jsonCharged(String items) {
    return Fixture.events()
        .mapJson("{\"identity\":\"u\",\"evtName\":\"Charged\",\"Items\":" + items + "}");
  }

  private static MappedRow jsonProperties(int properties) {
    return Fixture.events()
        .mapJson(
            IntStream.range(0, properties)
                .mapToObj(i -> ",\"c" + i + "\":1")
                .collect(Collectors.joining("", "{\"identity\":\"u\",\"evtName\":\"Hi\"", "}")));
  }
}
