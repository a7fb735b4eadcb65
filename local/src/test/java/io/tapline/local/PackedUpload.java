package io.tapline.local;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tapline.aws.ObjectStore;
import io.tapline.aws.ObjectUpload;
import io.tapline.job.Installation;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.TreeMap;

/**
 * A handler for what no sample is big enough for: it uploads an object in parts, gives another
 * upload up, and answers with the sizes of what is there then, by key.
 */
public final class PackedUpload implements RequestStreamHandler {

  /** Two parts. */
  static final int BYTES = 20 << 20;

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** What {@link PackedFunction} calls. */
  public PackedUpload() {}

  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    ObjectStore store = Installation.of(System.getenv()).store();
    String bucket = System.getenv(Installation.WORK_BUCKET);
    try (ObjectUpload whole = store.upload(bucket, "uploads/whole")) {
      whole.write(new byte[BYTES]);
      whole.complete();
    }
    try (ObjectUpload givenUp = store.upload(bucket, "uploads/given-up")) {
      givenUp.write(new byte[BYTES]);
    }
    Map<String, Long> sizes = new TreeMap<>();
    for (String key : store.list(bucket, "uploads/", null)) {
      sizes.put(key, store.head(bucket, key, null).orElseThrow().size());
      store.delete(bucket, key);
    }
    JSON.writeValue(answer, sizes);
  }
}
