package io.tapline.local.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import io.tapline.clevertap.CleverTapApi;
import io.tapline.clevertap.ListFile;
import io.tapline.clevertap.Reply;
import io.tapline.local.standin.InProcessStandIn;
import io.tapline.local.standin.Segment;
import io.tapline.sync.Connection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * The stand-in, which tells of the rows of each custom list that becomes a segment, as it does of
 * other records. For the tasks of one timeline, which run one at a time.
 */
final class WatchedLists implements CleverTapApi {

  private static final String COMPLETE = "/upload_custom_list_segment_completed";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final InProcessStandIn standIn;
  private final Receipts receipts;
  private final Consumer<JsonNode> hearing;

  /**
   * Watches a stand-in.
   *
   * @param receipts hears which lists are taken
   * @param hearing hears of their lines
   */
  WatchedLists(InProcessStandIn standIn, Receipts receipts, Consumer<JsonNode> hearing) {
    this.standIn = standIn;
    this.receipts = receipts;
    this.hearing = hearing;
  }

  @Override
  public Reply post(Connection connection, String path, byte[] json, Duration timeout) {
    if (!path.equals(COMPLETE)) {
      return standIn.post(connection, path, json, timeout);
    }
    try {
      String name = JSON.readTree(json).path("filename").asText();
      receipts.askedFor(name);
      int before = standIn.segments().size();
      Reply reply = standIn.post(connection, path, json, timeout);
      List<Segment> made = standIn.segments();
      for (Segment segment : made.subList(before, made.size())) {
        tell(name, segment);
      }
      return reply;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void tell(String name, Segment segment) throws IOException {
    List<TextNode> lines =
        Files.readAllLines(segment.file()).stream().skip(1).map(TextNode::valueOf).toList();
    receipts.beginList(name, segment.id(), lines.stream().map(RowShape.LIST_MEMBER::idOf).toList());
    lines.forEach(hearing);
  }

  @Override
  public Reply put(URI url, ListFile list, Duration timeout) {
    return standIn.put(url, list, timeout);
  }
}
