package io.tapline.export;

import java.util.List;

/**
 * What is known of an export before its first row; a mark keeps it, since reading that goes on from
 * there does not see the header line again. Immutable.
 *
 * @param names the columns in order: from the header line, or from the sync's settings where there
 *     is none; as they stand there, empty and repeated ones too; no columns for JSONL
 * @param rejectsFile whether it is a file of rejected rows that Tapline wrote; the three columns
 *     that say why are not among {@code names}
 */
public record Header(List<String> names, boolean rejectsFile) {

  public Header {
    names = List.copyOf(names);
  }
}
