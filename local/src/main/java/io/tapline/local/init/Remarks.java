package io.tapline.local.init;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is told of a first sync: what was found and why, and what a person should look at. */
final class Remarks {

  private final Map<String, List<String>> found = new LinkedHashMap<>();
  private final List<String> doubts = new ArrayList<>();

  /** Something that was found; those under one word stand together. */
  void found(String word, String what) {
    found.computeIfAbsent(word, each -> new ArrayList<>()).add(what);
  }

  /** Something that a person knows better. */
  void doubt(String what) {
    doubts.add(what);
  }

  /** Something that a person has to look at before all else. */
  void warn(String what) {
    doubts.addFirst(what);
  }

  /** By their words, in the order in which these came. */
  Map<String, List<String>> found() {
    return found;
  }

  List<String> doubts() {
    return doubts;
  }
}
