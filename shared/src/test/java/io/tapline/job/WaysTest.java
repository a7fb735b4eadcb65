package io.tapline.job;

import static io.tapline.clevertap.ScriptedApi.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapline.chunk.ChunkId;
import io.tapline.chunk.ChunkMessage;
import io.tapline.clevertap.CallTimes;
import io.tapline.clevertap.CleverTapApi;
import io.tapline.ledger.Job;
import io.tapline.ledger.Mark;
import io.tapline.ledger.RowCounts;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Exports of each kind, staged and pushed to a CleverTap that takes everything. */
class WaysTest {

  private static final Pattern SEEN =
      Pattern.compile("\"identity\":\"(?<user>[^\"]+)\",\"profileData\":\\{\"step\":(?<step>\\d+)");

  private final Scene scene = new Scene();

  /** Path and body of each call. */
  private final List<String> calls = new ArrayList<>();

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          UPLOAD_DEVICE_TOKENS | identity,objectid,id,type;x,o1,t1,fcm;x,,t2,fcm | /1/upload {"d":[{"type":"token","objectId":"o1","tokenData":{"id":"t1","type":"fcm"}}]}
          DEMERGE_USER_PROFILE | identity,city;u1,a;none,b;u2,c                  | /1/demerge/profiles.json {"identities":["u1","u2"]}
          UPDATE_SUBSCRIPTION  | type,value,status;email,a@example.com,resubscribe;phone,1,unsubscribe | /1/subscribe {"d":[{"type":"email","value":"a@example.com","status":"Resubscribe"}]}
          DISASSOCIATE_PHONE   | name,value;x,+14155551234;y,+14155551235;z,     | /1/disassociate {"d":[{"type":"phone","value":"+14155551234"},{"type":"phone","value":"+14155551235"}]}
          """)
  void callsTheEndpointOfTheOperation(String operation, String export, String call) {
    scene.sync(
        "\"target\":\"USER_PROFILES\",\"operation\":\"%s\",\"skipOnInvalidRecord\":true,\"threadCount\":1"
            .formatted(operation));

    RowCounts rows = push(scene.open(Scene.KEY, export.replace(';', '\n') + "\n"));

    assertThat(calls).containsExactly(call);
    assertThat(rows.rejected()).isEqualTo(1);
    assertThat(rows.accepted()).isEqualTo(rows.read() - 1);
  }

  @ParameterizedTest(name = "{0} of {1} rows")
  @CsvSource({
    "UPLOAD_DEVICE_TOKENS, 101, 2",
    "UPLOAD_DEVICE_TOKENS, 100, 1",
    "DEMERGE_USER_PROFILE, 101, 2",
    "DEMERGE_USER_PROFILE, 100, 1",
    "UPDATE_SUBSCRIPTION, 1001, 2",
    "UPDATE_SUBSCRIPTION, 1000, 1",
    "DISASSOCIATE_PHONE, 1001, 2",
    "DISASSOCIATE_PHONE, 1000, 1",
    "UPLOAD_USER_PROFILES, 1001, 2",
    "UPLOAD_USER_PROFILES, 1000, 1",
  })
  void holdsTheRecordsOfACall(String operation, int rows, int expected) {
    scene.sync(
        "\"target\":\"USER_PROFILES\",\"operation\":\"%s\",\"threadCount\":1".formatted(operation));
    StringBuilder export = new StringBuilder("identity,objectId,id,type,value,status\n");
    for (int i = 0; i < rows; i++) {
      String type = operation.equals("UPDATE_SUBSCRIPTION") ? "phone" : "fcm";
      export.append("u%1$d,o%1$d,t%1$d,%2$s,+1415555%1$04d,unsubscribe\n".formatted(i, type));
    }

    assertThat(push(scene.open(Scene.KEY, export.toString())).accepted()).isEqualTo(rows);
    assertThat(calls).hasSize(expected);
  }

  /**
   * An activation of Audience Studio: renamed and constant columns, and users with several rows.
   */
  @Test
  void pushesTheRowsOfAnActivationInTheirOrder() {
    scene.sync(
        Scene.PROFILES
            + ",\"threadCount\":3,\"rename\":{\"customer_id\":\"identity\"},\"columnTypes\":{\"segment_id\":\"string\"}");
    StringBuilder export =
        new StringBuilder("customer_id,step,segment_id,segment_name,exported_at,audience_id\n");
    for (int i = 0; i < 5000; i++) {
      export.append("u%d,%d,4711,VIPs,2026-11-24 00:00:00.000 UTC,12\n".formatted(i * 7 % 901, i));
    }

    RowCounts rows = push(scene.open(Scene.KEY, export.toString()));

    assertThat(rows.accepted()).isEqualTo(5000);
    assertThat(calls)
        .allMatch(
            call ->
                call.contains(
                    "\"segment_id\":\"4711\",\"segment_name\":\"VIPs\",\"exported_at\":"
                        + "\"$D_1795478400\",\"audience_id\":12}"));
    Map<String, List<Integer>> steps = new TreeMap<>();
    for (String call : calls) {
      Matcher seen = SEEN.matcher(call);
      while (seen.find()) {
        steps
            .computeIfAbsent(seen.group("user"), user -> new ArrayList<>())
            .add(Integer.valueOf(seen.group("step")));
      }
    }
    assertThat(steps).hasSize(901);
    assertThat(steps.values()).allSatisfy(ofUser -> assertThat(ofUser).isSorted());
    assertThat(steps.values().stream().mapToInt(List::size).sum()).isEqualTo(5000);
  }

  /**
   * Stages a job and pushes its chunks, a lane after the other; adds up what became of the rows.
   */
  private RowCounts push(Job job) {
    Mark staged = new Staging(scene.installation()).stage(job, scene.unlimited()).orElseThrow();
    Push push = new Push(scene.parts().with(takingAll()), 1);
    RowCounts rows = RowCounts.NONE;
    for (int lane = 0; lane < staged.chunks().size(); lane++) {
      for (int number = 0; number < staged.chunks().get(lane); number++) {
        ChunkId chunk = new ChunkId(lane, number);
        push.push(
            ChunkMessage.of(job.sync(), job.id(), 1, chunk), 1, scene.unlimited(), new CallTimes());
        rows = rows.plus(scene.job(job).run(1).outcome(chunk).orElseThrow().rows());
      }
    }
    return rows;
  }

  private CleverTapApi takingAll() {
    return (connection, path, json, timeout) -> {
      String body = new String(json, StandardCharsets.UTF_8);
      calls.add(path + " " + body);
      long records = body.split("\\{\"type\"", -1).length - 1;
      return answer(
          200,
          path.contains("demerge")
              ? "{\"status\":\"success\"}"
              : "{\"status\":\"success\",\"processed\":%d,\"unprocessed\":[]}".formatted(records));
    };
  }
}
