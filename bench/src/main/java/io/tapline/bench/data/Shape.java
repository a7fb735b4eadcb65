package io.tapline.bench.data;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Kinds of made-up exports, with the columns and the values that real ones have. */
public enum Shape {
  /** 20 columns: CleverTap's known fields and custom properties of all types. */
  PROFILES(
      "USER_PROFILES",
      List.of(
          "identity",
          "name",
          "email",
          "phone",
          "gender",
          "dob",
          "city",
          "country",
          "zip",
          "ltv",
          "orders",
          "last_order",
          "vip",
          "newsletter",
          "score",
          "tags",
          "segment",
          "signup",
          "store",
          "note"),
      """
      {"zip": "string", "ltv": "number", "orders": "number", "last_order": "date",
       "vip": "boolean", "newsletter": "boolean", "score": "number", "tags": "list",
       "signup": "date"}
      """) {
    @Override
    @Nullable Object[] row(long number, SplittableRandom random) {
      String first = pick(FIRST_NAMES, random);
      String last = pick(LAST_NAMES, random);
      int city = random.nextInt(CITIES.length);
      return new @Nullable Object[] {
        user(number),
        first + " " + last,
        "%s.%s%d@example.com"
            .formatted(first, last, random.nextInt(10_000))
            .toLowerCase(Locale.ROOT),
        "+9198%08d".formatted(random.nextInt(100_000_000)),
        random.nextBoolean() ? "M" : "F",
        date(random, 1950, 50),
        CITIES[city],
        COUNTRIES[city],
        "%05d".formatted(random.nextInt(100_000)),
        random.nextInt(1_000_000) / 100.0,
        (long) random.nextInt(200),
        random.nextInt(10) == 0 ? null : time(random),
        random.nextInt(20) == 0,
        random.nextBoolean(),
        random.nextInt(10_000) / 10_000.0,
        List.of("tag" + random.nextInt(50), "group" + random.nextInt(20)),
        pick(SEGMENTS, random),
        time(random),
        random.nextInt(3) == 0 ? null : "store-" + random.nextInt(500),
        random.nextInt(4) == 0 ? "said \"call me\", twice" : null
      };
    }
  },
  /** 10 columns: an event with a few properties. */
  EVENTS(
      "USER_EVENTS",
      List.of(
          "identity",
          "evtName",
          "ts",
          "product",
          "category",
          "price",
          "quantity",
          "currency",
          "in_stock",
          "coupon"),
      """
      {"price": "number", "quantity": "number", "in_stock": "boolean"}
      """) {
    @Override
    @Nullable Object[] row(long number, SplittableRandom random) {
      return new @Nullable Object[] {
        user(number),
        pick(EVENT_NAMES, random),
        second(random),
        "SKU-%06d".formatted(random.nextInt(100_000)),
        pick(CATEGORIES, random),
        random.nextInt(100_000) / 100.0,
        1L + random.nextInt(5),
        pick(CURRENCIES, random),
        random.nextBoolean(),
        random.nextInt(3) == 0 ? "SAVE" + random.nextInt(30) : null
      };
    }
  },
  /** 16 columns: a Charged event with three items of three properties each. */
  CHARGED(
      "USER_EVENTS",
      Stream.concat(
              Stream.of(
                  "identity", "evtName", "ts", "Amount", "Currency", "Payment mode", "Charged ID"),
              IntStream.range(0, 3)
                  .boxed()
                  .flatMap(
                      i -> Stream.of("Category", "Book name", "Quantity").map(k -> item(i, k))))
          .toList(),
      """
      {"Amount": "number", "Items[0].Quantity": "number", "Items[1].Quantity": "number",
       "Items[2].Quantity": "number"}
      """) {
    @Override
    @Nullable Object[] row(long number, SplittableRandom random) {
      @Nullable Object[] row = new @Nullable Object[columns().size()];
      row[0] = user(number);
      row[1] = "Charged";
      row[2] = second(random);
      row[3] = random.nextInt(1_000_000) / 100.0;
      row[4] = pick(CURRENCIES, random);
      row[5] = pick(PAYMENT_MODES, random);
      row[6] = "order-%09d".formatted(random.nextInt(1_000_000_000));
      for (int at = 7; at < row.length; at += 3) {
        row[at] = pick(CATEGORIES, random);
        row[at + 1] = "The Book of " + pick(LAST_NAMES, random);
        row[at + 2] = 1L + random.nextInt(5);
      }
      return row;
    }
  };

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final String[] FIRST_NAMES = {
    "Asha", "Ravi", "Mei", "Lukas", "Zoë", "Omar", "Ana", "Kenji", "Ines", "Tom"
  };
  private static final String[] LAST_NAMES = {
    "Sharma", "Müller", "Tan", "Okafor", "García", "Sato", "Novak", "Rossi", "Dubois", "Smith"
  };
  private static final String[] CITIES = {
    "Mumbai", "Singapore", "Jakarta", "Dubai", "Zürich", "São Paulo", "New York", "Tokyo"
  };
  private static final String[] COUNTRIES = {"IN", "SG", "ID", "AE", "CH", "BR", "US", "JP"};
  private static final String[] SEGMENTS = {"new", "active", "at risk", "lost", "won back"};
  private static final String[] EVENT_NAMES = {
    "Product Viewed", "Added To Cart", "Searched", "Wishlisted"
  };
  private static final String[] CATEGORIES = {"books", "shoes", "toys", "garden", "music"};
  private static final String[] CURRENCIES = {"INR", "SGD", "USD", "EUR"};
  private static final String[] PAYMENT_MODES = {"card", "wallet", "cash on delivery"};

  private final String target;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of and toList
  private final List<String> columns;

  private final String columnTypes;

  Shape(String target, List<String> columns, String columnTypes) {
    this.target = target;
    this.columns = columns;
    this.columnTypes = columnTypes;
  }

  /** The names of the columns; the first one is the identity. */
  public List<String> columns() {
    return columns;
  }

  /**
   * The settings of a sync for such an export, with all its column types declared.
   *
   * @param threads calls at once, 1 to 10
   * @param skip whether invalid rows are skipped, so that staging does not check each row
   */
  public String settings(int threads, boolean skip) {
    return """
    {"connection": "stand-in", "prefix": "bench/", "target": "%s", "threadCount": %d,
     "skipOnInvalidRecord": %s, %s "columnTypes": %s}
    """
        .formatted(
            target,
            threads,
            skip,
            this == PROFILES ? "\"operation\": \"UPLOAD_USER_PROFILES\"," : "",
            columnTypes.strip());
  }

  /**
   * Makes up the values of a row: texts, numbers, booleans, lists of texts, and nulls. All of them
   * are valid, so that no row is rejected.
   */
  abstract @Nullable Object[] row(long number, SplittableRandom random);

  private static String user(long number) {
    return "user-%012d".formatted(number);
  }

  private static String item(int index, String key) {
    return "Items[%d].%s".formatted(index, key);
  }

  private static String pick(String[] choices, SplittableRandom random) {
    return choices[random.nextInt(choices.length)];
  }

  private static long second(SplittableRandom random) {
    return 1_700_000_000L + random.nextInt(30_000_000);
  }

  private static String date(SplittableRandom random, int firstYear, int years) {
    return LocalDate.of(firstYear + random.nextInt(years), 1, 1).plusDays(random.nextInt(365))
        + " 00:00:00.000 UTC";
  }

  private static String time(SplittableRandom random) {
    return TIME.format(Instant.ofEpochSecond(second(random)));
  }
}
