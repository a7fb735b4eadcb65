package io.tapline.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapline.aws.AwsClients;
import io.tapline.aws.Clock;
import io.tapline.aws.ObjectEntry;
import io.tapline.aws.ObjectStore;
import io.tapline.aws.ObjectVersion;
import io.tapline.aws.S3ObjectStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.s3.S3Client;

/** The files of an embedded S3 are read as the S3 itself would answer. */
class FolderObjectsTest {

  private static final String BUCKET = "bucket";

  @TempDir private static Path folder;
  private static EmbeddedS3 s3;
  private static S3Client client;
  private static ObjectStore served;
  private static final List<String> KEYS =
      List.of(
          "jobs/a/20261124T000000Z-0123456789abcdef/job.json",
          "jobs/a/20261124T000000Z-0123456789abcdef/runs/1/closed.json",
          "jobs/a/20261125T000000Z-0123456789abcdef/job.json",
          "jobs/a-b/20261124T000000Z-0123456789abcdef-2/job.json",
          "open/a/20261124T000000Z-0123456789abcdef/1",
          "syncs/a.json");

  private final FolderObjects files = new FolderObjects(folder);

  @BeforeAll
  static void start() throws Exception {
    s3 = EmbeddedS3.start(folder);
    client = AwsClients.at(s3.endpoint(), s3.endpoint(), s3.credentials()).s3();
    client.createBucket(request -> request.bucket(BUCKET));
    served = new S3ObjectStore(client, Clock.system());
    KEYS.forEach(key -> served.put(BUCKET, key, key.getBytes(UTF_8)));
    // What a put that was cut off leaves.
    Files.writeString(
        folder.resolve(BUCKET).resolve("open/a-00000000-0000-4000-8000-000000000000"), "x");
  }

  @AfterAll
  static void stop() {
    client.close();
    s3.close();
  }

  @ParameterizedTest(name = "{0} behind {1}")
  @CsvSource(
      nullValues = "-",
      value = {
        "'', -",
        "jobs/, -",
        "jobs/a/, -",
        "jobs/a/, jobs/a/20261124T000001Z",
        "jobs/a, -",
        "open/, -",
        "nothing/, -",
        "syncs/a.json, -",
      })
  void listsWhatTheServerLists(String prefix, @Nullable String after) {
    assertThat(files.list(BUCKET, prefix, after)).isEqualTo(served.list(BUCKET, prefix, after));
    assertThat(files.entries(BUCKET, prefix, after).items())
        .extracting(ObjectEntry::key)
        .isEqualTo(served.list(BUCKET, prefix, after).items());
    if (prefix.isEmpty() || prefix.endsWith("/")) {
      assertThat(files.listFolders(BUCKET, prefix, after))
          .isEqualTo(served.listFolders(BUCKET, prefix, after));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "syncs/a.json, true",
    "open/a/20261124T000000Z-0123456789abcdef/1, true",
    "syncs/b.json, false",
    "syncs, false",
    "jobs/a/, false",
    "none/at/all, false",
  })
  void readsWhatTheServerReads(String key, boolean isThere) {
    assertThat(files.get(BUCKET, key).map(content -> new String(content, UTF_8)))
        .isEqualTo(isThere ? Optional.of(key) : Optional.empty());
    assertThat(files.head(BUCKET, key, null).map(ObjectVersion::size))
        .isEqualTo(isThere ? Optional.of((long) key.length()) : Optional.empty());
  }

  @Test
  void aFolderThatIsNotThereHoldsNothing() {
    FolderObjects nothing = new FolderObjects(folder.resolve("none"));

    assertThat(nothing.list(BUCKET, "jobs/", null).items()).isEmpty();
    assertThat(nothing.listFolders(BUCKET, "jobs/", null).items()).isEmpty();
    assertThat(nothing.get(BUCKET, "jobs/a")).isEmpty();
    assertThat(folder.resolve("none")).doesNotExist();
  }
}
