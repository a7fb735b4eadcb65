package io.tapline.local;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * The pipeline over an S3 and an SQS that are neither AWS's nor the embedded ones: those that
 * {@code AWS_ENDPOINT_URL} names, or else LocalStack in Docker. {@link EndpointTest} plays the same
 * without Docker.
 */
class LocalStackTest {

  /** The last version that can be had without an account. */
  private static final DockerImageName IMAGE =
      DockerImageName.parse("localstack/localstack:4.14.0");

  private static final String ENDPOINT = "AWS_ENDPOINT_URL";

  @TempDir private Path folder;

  @Test
  void pushesProfilesEventsAndAList() throws Exception {
    String endpoint = System.getenv(ENDPOINT);
    if (endpoint != null && !endpoint.isBlank()) {
      PipelineScenario.playAt(folder, Map.of(ENDPOINT, endpoint));
      return;
    }
    assumeTrue(hasDocker(), "there is no Docker here, and " + ENDPOINT + " is not set");
    try (LocalStackContainer localStack = new LocalStackContainer(IMAGE)) {
      localStack.withServices("s3", "sqs").start();
      PipelineScenario.playAt(
          folder,
          Map.of(
              ENDPOINT,
              localStack.getEndpoint().toString(),
              "AWS_REGION",
              localStack.getRegion(),
              "AWS_ACCESS_KEY_ID",
              localStack.getAccessKey(),
              "AWS_SECRET_ACCESS_KEY",
              localStack.getSecretKey()));
    }
  }

  /** Asks without the pages of errors that say where it was looked for. */
  private static boolean hasDocker() {
    System.setProperty("org.slf4j.simpleLogger.log.org.testcontainers", "off");
    System.setProperty("org.slf4j.simpleLogger.log.tc", "off");
    try {
      return DockerClientFactory.instance().isDockerAvailable();
    } finally {
      System.clearProperty("org.slf4j.simpleLogger.log.org.testcontainers");
      System.clearProperty("org.slf4j.simpleLogger.log.tc");
    }
  }
}
