package io.tapline.local.chaos;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tapline.aws.EventBus;
import io.tapline.ledger.RowCounts;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What those were told who wait for jobs to be over. For the tasks of one timeline, which run one
 * at a time.
 */
final class Announcements implements EventBus {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** By job and run; each must be told with one set of totals, however often. */
  private final Map<String, Set<RowCounts>> totals = new HashMap<>();

  @Override
  public void put(String detailType, String detail) {
    try {
      JsonNode event = JSON.readTree(detail);
      totals
          .computeIfAbsent(
              key(event.path("job").asText(), event.path("run").asInt()), key -> new HashSet<>())
          .add(JSON.treeToValue(event.path("rows"), RowCounts.class));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("an event that is no JSON", e);
    }
  }

  /** The different totals that a run was announced with; none when it was not. */
  Set<RowCounts> totalsOf(String job, int run) {
    return totals.getOrDefault(key(job, run), Set.of());
  }

  private static String key(String job, int run) {
    return job + "/" + run;
  }
}
