package io.tapline.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

class S3UploadTest {

  private static final int PART = 8 << 20;

  private final ObjectStore store = LoopbackAws.store();
  private final String bucket = LoopbackAws.newBucket();

  @ParameterizedTest
  @CsvSource({
    "0,        false, nothing",
    "1,        false, a byte",
    "100000,   false, more than the first buffer",
    "8388607,  false, a byte less than a part",
    "8388608,  true,  just a part",
    "8388609,  true,  a byte more than a part",
    "20000000, true,  three parts",
  })
  void whatWasWrittenAppears(int size, boolean multipart, String rule) throws Exception {
    byte[] content = randomBytes(size);
    try (ObjectUpload upload = store.upload(bucket, "list.csv")) {
      writeInPieces(upload, content);
      assertThat(openUploads()).as(rule).hasSize(multipart ? 1 : 0);
      assertThat(store.head(bucket, "list.csv", null)).isEmpty();

      upload.complete();
    }

    assertThat(Arrays.equals(store.get(bucket, "list.csv").orElseThrow(), content))
        .as(rule)
        .isTrue();
    assertThat(openUploads()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"10, less than a part", "8388618, more than a part"})
  void whatIsClosedBeforeItIsCompleteNeverAppears(int size, String rule) throws Exception {
    try (ObjectUpload upload = store.upload(bucket, "list.csv")) {
      upload.write(randomBytes(size));
    }

    assertThat(store.head(bucket, "list.csv", null)).as(rule).isEmpty();
    assertThat(openUploads()).isEmpty();
  }

  @Test
  void anUploadReplacesWhatIsThere() throws Exception {
    store.put(bucket, "list.csv", new byte[1]);
    byte[] content = randomBytes(PART + 1);
    try (ObjectUpload upload = store.upload(bucket, "list.csv")) {
      upload.write(content);
      upload.complete();
    }

    assertThat(store.head(bucket, "list.csv", null).orElseThrow().size()).isEqualTo(PART + 1);
  }

  private Iterable<MultipartUpload> openUploads() {
    return LoopbackAws.s3().listMultipartUploads(request -> request.bucket(bucket)).uploads();
  }

  /** Pieces of all sizes, single bytes among them. */
  private static void writeInPieces(ObjectUpload upload, byte[] content) throws Exception {
    Random random = new Random(1);
    int at = 0;
    while (at < content.length) {
      int step = Math.min(random.nextInt(1, 300_000), content.length - at);
      upload.write(content[at]);
      upload.write(content, at + 1, step - 1);
      at += step;
    }
  }

  private static byte[] randomBytes(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }
}
