package io.tapline.record;

import io.tapline.record.Column.Role;
import io.tapline.sync.RecordKind;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The columns that mean something for one kind of record, as Treasure Data's connector has them.
 *
 * @param required of each of these an export must have one
 * @param optional those that it may have
 */
record KindColumns(List<List<Role>> required, Set<Role> optional) {

  static KindColumns of(RecordKind kind) {
    return switch (kind) {
      case PROFILE ->
          new KindColumns(List.of(List.of(Role.IDENTITY, Role.OBJECT_ID)), Set.of(Role.TIMESTAMP));
      case EVENT ->
          new KindColumns(
              List.of(List.of(Role.EVENT_NAME), List.of(Role.IDENTITY, Role.OBJECT_ID)),
              Set.of(Role.TIMESTAMP));
      case TOKEN ->
          new KindColumns(
              List.of(List.of(Role.OBJECT_ID), List.of(Role.TOKEN_ID), List.of(Role.TYPE)),
              Set.of(Role.P256DH, Role.AUTH));
      case DEMERGE -> new KindColumns(List.of(List.of(Role.IDENTITY)), Set.of());
      case SUBSCRIPTION ->
          new KindColumns(
              List.of(List.of(Role.TYPE), List.of(Role.VALUE), List.of(Role.STATUS)), Set.of());
      case DISASSOCIATION -> new KindColumns(List.of(List.of(Role.VALUE)), Set.of());
      case LIST_MEMBER ->
          new KindColumns(List.of(List.of(Role.TYPE), List.of(Role.IDENTITY)), Set.of());
    };
  }

  /** The role of a column that is sent by this name, in any case; null: it is none of these. */
  @Nullable Role role(String sent) {
    return Stream.concat(required.stream().flatMap(List::stream), optional.stream())
        .filter(role -> role.spelling().equalsIgnoreCase(sent))
        .findFirst()
        .orElse(null);
  }
}
