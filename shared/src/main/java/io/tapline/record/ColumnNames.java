package io.tapline.record;

import io.tapline.record.Column.Role;
import io.tapline.sync.ColumnType;
import io.tapline.sync.RecordKind;
import io.tapline.sync.Sync;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a column's name means: renamed first, then compared with the names that CleverTap knows,
 * ignoring case, since Treasure Data lower-cases its columns.
 */
final class ColumnNames {

  private static final int MAX_ITEM = 255;

  private static final String ITEMS = "Items";

  private static final Pattern ITEM =
      Pattern.compile("items\\[(.*?)]\\.(.*)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  private static final Pattern ITEM_NUMBER = Pattern.compile("0|[1-9][0-9]{0,2}");

  private final RecordKind kind;
  private final KindColumns known;
  private final boolean json;
  private final Map<String, String> rename;
  private final Map<String, ColumnType> types;
  private final Map<String, String> renameIgnoringCase;
  private final Map<String, ColumnType> typesIgnoringCase;

  /**
   * @param json whether a column may hold arrays, so that {@code Items} may come whole
   */
  ColumnNames(RecordKind kind, boolean json, Sync sync) {
    this.kind = kind;
    this.known = KindColumns.of(kind);
    this.json = json;
    this.rename = sync.rename();
    this.types = sync.columnTypes();
    this.renameIgnoringCase = ignoringCase(rename);
    this.typesIgnoringCase = ignoringCase(types);
  }

  private static <T> Map<String, T> ignoringCase(Map<String, T> map) {
    Map<String, T> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    sorted.putAll(map);
    return sorted;
  }

  /** The column of this name, or the first rule that the name or its settings break. */
  NamedColumn resolve(String name) {
    String sent = setting(name, rename, renameIgnoringCase);
    NamedColumn column = named(name, sent == null ? name : sent);
    return column instanceof Column found ? checkType(found) : column;
  }

  /** A setting of a column: by its exact name, else ignoring case. */
  private static <T> @Nullable T setting(
      String name, Map<String, T> exact, Map<String, T> ignoringCase) {
    T setting = exact.get(name);
    return setting == null ? ignoringCase.get(name) : setting;
  }

  private NamedColumn named(String name, String sent) {
    Role role = known.role(sent);
    if (role != null) {
      return column(name, role.spelling(), role);
    }
    return switch (kind) {
      case PROFILE -> property(name, sent, KnownField.named(sent));
      case EVENT -> ofEvent(name, sent);
      case TOKEN, DEMERGE, SUBSCRIPTION, DISASSOCIATION, LIST_MEMBER ->
          column(name, sent, Role.IGNORED);
    };
  }

  private NamedColumn ofEvent(String name, String sent) {
    if (sent.equalsIgnoreCase(ITEMS)) {
      return json
          ? column(name, ITEMS, Role.ITEMS)
          : NameRules.problem(
              Codes.FORBIDDEN_COLUMN_NAME,
              name,
              "is the name of the event's list of items; give each value a column Items[n].Key, or"
                  + " rename it");
    }
    Matcher item = ITEM.matcher(sent);
    return item.matches() ? ofItem(name, item.group(1), item.group(2)) : property(name, sent, null);
  }

  private NamedColumn ofItem(String name, String number, String key) {
    if (!ITEM_NUMBER.matcher(number).matches() || Integer.parseInt(number) > MAX_ITEM) {
      return NameRules.problem(
          Codes.FORBIDDEN_COLUMN_NAME,
          name,
          "has the item number "
              + TextSlice.quoted(number)
              + "; the n of Items[n].Key must be 0 to "
              + MAX_ITEM);
    }
    ColumnProblem problem = NameRules.check(name, key);
    if (problem != null) {
      return problem;
    }
    String sentAs = ITEMS + "[" + number + "]." + key;
    return new Column(name, sentAs, Role.ITEM, Integer.parseInt(number), key, null, null);
  }

  private static NamedColumn property(String name, String sent, @Nullable KnownField known) {
    ColumnProblem problem = NameRules.check(name, sent);
    if (problem != null) {
      return problem;
    }
    String sentAs = known == null ? sent : known.spelling();
    return new Column(name, sentAs, Role.PROPERTY, -1, sentAs, known, null);
  }

  private static Column column(String name, String sentAs, Role role) {
    return new Column(name, sentAs, role, -1, sentAs, null, null);
  }

  private NamedColumn checkType(Column column) {
    ColumnType declared = setting(column.name(), types, typesIgnoringCase);
    if (declared == null) {
      return column;
    }
    if (column.role() == Role.IGNORED) {
      return NameRules.problem(
          Codes.UNSUPPORTED_TYPE,
          column.name(),
          "is not sent, so that it has no type; take it out of columnTypes");
    }
    if (column.role() != Role.PROPERTY && column.role() != Role.ITEM) {
      return NameRules.problem(
          Codes.UNSUPPORTED_TYPE,
          column.name(),
          "is sent as "
              + column.sentAs()
              + ", which has a type of its own; take it out of columnTypes");
    }
    KnownField known = column.known();
    if (known != null && known.type() != declared) {
      return NameRules.problem(
          Codes.UNSUPPORTED_TYPE,
          column.name(),
          "is declared as "
              + typeName(declared)
              + ", but CleverTap's field "
              + known.spelling()
              + " is a "
              + typeName(known.type())
              + "; take it out of columnTypes or rename it");
    }
    if (declared == ColumnType.LIST && !kind.hasLists()) {
      return NameRules.problem(
          Codes.UNSUPPORTED_TYPE,
          column.name(),
          "is declared as list; only Upload User Profiles has lists, declare it as string");
    }
    return new Column(
        column.name(),
        column.sentAs(),
        column.role(),
        column.item(),
        column.key(),
        known,
        known == null ? declared : null);
  }

  /** The word of the settings for a type. */
  static String typeName(ColumnType type) {
    return type.name().toLowerCase(Locale.ROOT);
  }
}
