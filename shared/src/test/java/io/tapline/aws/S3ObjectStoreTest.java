package io.tapline.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;

/** The store over an S3 on loopback. */
class S3ObjectStoreTest extends ObjectStoreContract {

  S3ObjectStoreTest() {
    super(LoopbackAws.store(), LoopbackAws.newBucket());
  }

  @ParameterizedTest
  @CsvSource({
    "jobs/report.html, text/html;charset=utf-8",
    "jobs/report.json, application/octet-stream",
  })
  void saysWhatABrowserMayShow(String key, String type) {
    String bucket = LoopbackAws.newBucket();
    LoopbackAws.store().put(bucket, key, new byte[] {1});

    assertThat(LoopbackAws.s3().headObject(r -> r.bucket(bucket).key(key)).contentType())
        .isEqualTo(type);
  }

  @Test
  void aMissingBucketIsNotAMissingObject() {
    assertThatThrownBy(() -> LoopbackAws.store().get("no-such-bucket", "key"))
        .isInstanceOf(NoSuchBucketException.class);
  }
}
