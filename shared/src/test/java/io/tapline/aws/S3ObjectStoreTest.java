package io.tapline.aws;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;

/** The store over an S3 on loopback. */
class S3ObjectStoreTest extends ObjectStoreContract {

  S3ObjectStoreTest() {
    super(LoopbackAws.store(), LoopbackAws.newBucket());
  }

  @Test
  void aMissingBucketIsNotAMissingObject() {
    assertThatThrownBy(() -> LoopbackAws.store().get("no-such-bucket", "key"))
        .isInstanceOf(NoSuchBucketException.class);
  }
}
