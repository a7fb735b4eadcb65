package io.tapline.bench.rig;

import io.tapline.aws.ForwardingStore;
import io.tapline.aws.ObjectStore;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** A store with all parts that a custom list may have, each as large as parts get. */
final class SimulatedParts extends ForwardingStore {

  private static final byte[] LINE =
      "i,user-000000000000-of-a-made-up-list-1\n".getBytes(StandardCharsets.US_ASCII);

  /** Rows of a part: as many as a chunk of a custom list holds. */
  static final int ROWS = 100_000;

  /** Bytes of a part. */
  static final int BYTES = ROWS * LINE.length;

  SimulatedParts(ObjectStore store) {
    super(store);
  }

  @Override
  public Optional<byte[]> get(String bucket, String key) {
    return key.contains("/parts/") ? Optional.of(part()) : super.get(bucket, key);
  }

  private static byte[] part() {
    byte[] part = Arrays.copyOf(LINE, BYTES);
    for (int filled = LINE.length; filled < BYTES; filled *= 2) {
      System.arraycopy(part, 0, part, filled, Math.min(filled, BYTES - filled));
    }
    return part;
  }
}
