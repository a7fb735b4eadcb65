package io.tapline.local.init;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Finds out what the rows of an export are to become: by its columns, and by its name where columns
 * alone can't tell.
 *
 * @param why for a person, behind the kind
 */
record KindFinder(Kind kind, String why) {

  private static final Set<Shape> PHONE = Set.of(Shape.PHONE);

  /**
   * Finds it.
   *
   * @throws UndecidedException when several kinds would do
   */
  static KindFinder find(Path file, ExportFacts facts, Wishes wishes) {
    Kind wished = wishes.kind();
    if (wished != null) {
      return new KindFinder(wished, "as you said");
    }
    if (facts.firstOf(Names.EVENT_NAMES).isPresent()) {
      return new KindFinder(
          Kind.EVENTS, "for its column " + facts.firstOf(Names.EVENT_NAMES).orElseThrow().name());
    }
    if (has(facts, "type", "value", "status")) {
      return new KindFinder(Kind.SUBSCRIPTION, "for its columns type, value, status");
    }
    if (has(facts, Names.OBJECT_ID, "id", "type")) {
      return new KindFinder(Kind.TOKENS, "for its columns objectId, id, type");
    }
    if (facts.firstOf(Names.TOKENS).isPresent()) {
      return new KindFinder(
          Kind.TOKENS, "for its column " + facts.firstOf(Names.TOKENS).orElseThrow().name());
    }
    if (has(facts, "type", Names.IDENTITY)
        && facts.named("type").orElseThrow().hasWord(Names.LIST_TYPES)) {
      return new KindFinder(Kind.CUSTOM_LIST, "for its columns type (i or g) and identity");
    }
    if (has(facts, "value") && facts.named("value").orElseThrow().areMostly(PHONE)) {
      return new KindFinder(Kind.DISASSOCIATE, "for its column value, of phone numbers");
    }
    if (file.getFileName().toString().toLowerCase(Locale.ROOT).contains("demerge")
        && has(facts, Names.IDENTITY)) {
      return new KindFinder(Kind.DEMERGE, "for the name of the file and its column identity");
    }
    if (facts.columns().size() == 1 && !Names.isField(facts.names())) {
      throw new UndecidedException(
          ("the only column is %s, which does for more than one kind: say --kind profiles, demerge"
                  + " or custom-list")
              .formatted(facts.names()));
    }
    return new KindFinder(Kind.PROFILES, "since its columns are of no other kind");
  }

  private static boolean has(ExportFacts facts, String... names) {
    return List.of(names).stream().allMatch(name -> facts.named(name).isPresent());
  }
}
