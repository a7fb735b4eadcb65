package io.tapline.sync;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The syncs of an installation. One that does not load is kept as a problem and hinders no other,
 * except where it claims the exports: it may be the one that was meant for them. Immutable.
 */
public final class Syncs {

  private final Map<String, Sync> loaded;
  private final Map<String, String> broken;
  private final List<Claim> claims;

  private Syncs(Map<String, Sync> loaded, Map<String, String> broken, List<Claim> claims) {
    this.loaded = Collections.unmodifiableMap(loaded);
    this.broken = Collections.unmodifiableMap(broken);
    this.claims = List.copyOf(claims);
  }

  /**
   * Loads all syncs. Several that claim one prefix are all broken, for nothing says which of them
   * is meant.
   *
   * @param files each {@code syncs/<name>.json} by its {@code <name>}
   */
  public static Syncs of(Map<String, byte[]> files) {
    Map<String, Sync> loaded = new TreeMap<>();
    Map<String, String> broken = new TreeMap<>();
    Map<String, List<String>> namesByPrefix = new TreeMap<>();
    for (Map.Entry<String, byte[]> file : new TreeMap<>(files).entrySet()) {
      String name = file.getKey();
      try {
        loaded.put(name, SyncLoader.load(name, file.getValue(), origin(name)));
      } catch (SettingsException e) {
        broken.put(name, Objects.requireNonNullElse(e.getMessage(), ""));
      }
      SyncLoader.prefix(file.getValue())
          .ifPresent(
              prefix -> namesByPrefix.computeIfAbsent(prefix, p -> new ArrayList<>()).add(name));
    }
    for (List<String> names : namesByPrefix.values()) {
      if (names.size() > 1) {
        loaded.keySet().removeAll(names);
        names.forEach(
            name -> broken.merge(name, sharedPrefix(names, name), (a, b) -> a + "\n" + b));
      }
    }
    List<Claim> claims = new ArrayList<>();
    namesByPrefix.forEach(
        (prefix, names) -> claims.add(new Claim(prefix, match(names.getFirst(), loaded, broken))));
    claims.sort(Comparator.comparingInt((Claim claim) -> claim.prefix().length()).reversed());
    return new Syncs(loaded, broken, claims);
  }

  private static String sharedPrefix(List<String> names, String name) {
    return "prefix is the same in the syncs %s; it must be another one in each (%s)"
        .formatted(String.join(", ", names), origin(name));
  }

  private static String origin(String name) {
    return "syncs/" + name + ".json";
  }

  private static Match match(String name, Map<String, Sync> loaded, Map<String, String> broken) {
    Sync sync = loaded.get(name);
    return sync != null ? new Found(sync) : new Broken(name, broken.getOrDefault(name, ""));
  }

  /** The sync of the export at {@code key}: the one with the longest prefix of it. */
  public Match find(String key) {
    return claims.stream()
        .filter(claim -> key.startsWith(claim.prefix()))
        .findFirst()
        .map(Claim::match)
        .orElseGet(None::new);
  }

  /** The syncs that work, by name. */
  public Map<String, Sync> loaded() {
    return loaded;
  }

  /** What is wrong with the others, by name: a line for each problem. */
  public Map<String, String> broken() {
    return broken;
  }

  /** A prefix, and what there is for the exports under it and under no longer one. */
  private record Claim(String prefix, Match match) {}

  /** What there is for an export. */
  public sealed interface Match permits Found, Broken, None {}

  /** The sync to push it by. */
  public record Found(Sync sync) implements Match {}

  /**
   * A sync that claims the export but does not load; one of those that claim it, where they are
   * several.
   *
   * @param message all that is wrong with it, a line each
   */
  public record Broken(String name, String message) implements Match {}

  /** No sync. */
  public record None() implements Match {}
}
