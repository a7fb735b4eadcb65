package io.tapline.local.standin;

import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP request but for its body.
 *
 * @param target path and query, as received
 * @param headers found whatever the case of the name
 */
record RequestHead(String method, String target, Map<String, String> headers) {

  String path() {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  /** Whether the query holds this pair, such as {@code dryRun=1}. */
  boolean hasParameter(String pair) {
    int query = target.indexOf('?');
    return query >= 0 && Arrays.asList(target.substring(query + 1).split("&", -1)).contains(pair);
  }

  @Nullable String header(String name) {
    return headers.get(name);
  }
}
