package io.tapline.clevertap;

import org.jspecify.annotations.Nullable;

/**
 * One entry of {@code unprocessed} in CleverTap's answer.
 *
 * @param position the record's place in {@code d}, from 1; null when the answer does not say
 * @param code CleverTap's number as text, else {@link #NO_CODE}
 * @param error CleverTap's words
 * @param user {@code identity}, else {@code objectId}, else {@code value}, of the record that it
 *     echoes; null when it echoes none
 */
public record Refusal(
    @Nullable Integer position, String code, String error, @Nullable String user) {

  /** A server error at CleverTap: of all record codes, the only one worth another try. */
  public static final String SERVER_ERROR = "555";

  /** The code of a refusal for which CleverTap gives none. */
  public static final String NO_CODE = "NO_CODE";
}
