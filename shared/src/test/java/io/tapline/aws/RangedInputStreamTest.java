package io.tapline.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RangedInputStreamTest {

  private static final int RANGE = RangedInputStream.RANGE_BYTES;

  private final ObjectStore store = LoopbackAws.store();
  private final String bucket = LoopbackAws.newBucket();

  @ParameterizedTest
  @CsvSource({
    "0,        0,        nothing",
    "1,        0,        a byte",
    "1,        1,        from the end on",
    "8388607,  0,        a byte less than a range",
    "8388608,  0,        just a range",
    "8388608,  8388608,  a range from its end on",
    "8388609,  0,        a byte more than a range",
    "8388609,  8388608,  the last byte",
    "20971520, 0,        several ranges",
    "20971520, 1234567,  several ranges from the middle of one on",
    "20971520, 20971519, the last byte of several ranges",
  })
  void readsTheContentFromTheOffsetOn(int size, int offset, String rule) throws IOException {
    byte[] content = randomBytes(size);
    ObjectVersion version = put(content);

    try (RangedInputStream in = new RangedInputStream(store, version, offset)) {
      assertThat(Arrays.equals(in.readAllBytes(), Arrays.copyOfRange(content, offset, size)))
          .as(rule)
          .isTrue();
      assertThat(in.read()).isEqualTo(-1);
    }
  }

  @Test
  void readsByteByByteAcrossRanges() throws IOException {
    byte[] content = randomBytes(RANGE + 2);
    ObjectVersion version = put(content);

    try (RangedInputStream in = new RangedInputStream(store, version, 0)) {
      in.skipNBytes(RANGE - 1);
      assertThat(in.read(new byte[0])).isZero();
      for (int i = RANGE - 1; i < content.length; i++) {
        assertThat(in.read()).isEqualTo(content[i] & 0xFF);
      }
      assertThat(in.read()).isEqualTo(-1);
      assertThat(in.read(new byte[1])).isEqualTo(-1);
    }
  }

  @Test
  void anObjectThatChangesInTheMiddleIsNotReadOn() throws IOException {
    ObjectVersion version = put(randomBytes(3 * RANGE));

    try (RangedInputStream in = new RangedInputStream(store, version, 0)) {
      in.read();
      store.put(bucket, "export.csv", randomBytes(3));

      assertThatThrownBy(in::readAllBytes).isInstanceOf(ObjectChangedException.class);
      assertThatThrownBy(in::readAllBytes)
          .as("and stays that way")
          .isInstanceOf(ObjectChangedException.class);
    }
  }

  @Test
  void anInterruptEndsTheWaitAndStaysSet() {
    ObjectVersion version = put(randomBytes(10));
    CountDownLatch interrupted = new CountDownLatch(1);
    ObjectStore slow =
        new ForwardingStore(store) {
          @Override
          public byte[] read(ObjectVersion object, long from, int length) {
            try {
              interrupted.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            return super.read(object, from, length);
          }
        };

    try (RangedInputStream in = new RangedInputStream(slow, version, 0)) {
      Thread.currentThread().interrupt();

      assertThatThrownBy(in::read).isInstanceOf(InterruptedIOException.class);
      assertThat(Thread.interrupted()).isTrue();
    } finally {
      interrupted.countDown();
    }
  }

  private ObjectVersion put(byte[] content) {
    store.put(bucket, "export.csv", content);
    return store.head(bucket, "export.csv", null).orElseThrow();
  }

  private static byte[] randomBytes(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }
}
