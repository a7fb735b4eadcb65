package io.tapline.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.ssm.SsmClient;

class AwsClientsTest {

  @Test
  void withoutEndpointsTheEnvironmentDecides() {
    AwsClients clients = AwsClients.fromEnvironment();

    try (S3Client s3 = clients.s3();
        SqsClient sqs = clients.sqs();
        SecretsManagerClient secrets = clients.secretsManager();
        SsmClient ssm = clients.ssm();
        LambdaClient lambda = clients.lambda()) {
      assertThat(s3.serviceClientConfiguration().endpointOverride()).isEmpty();
      assertThat(sqs.serviceClientConfiguration().endpointOverride()).isEmpty();
      assertThat(secrets.serviceClientConfiguration().region()).isEqualTo(Region.US_EAST_1);
      assertThat(lambda.serviceClientConfiguration().region()).isEqualTo(Region.US_EAST_1);
      assertThat(ssm.serviceClientConfiguration().region()).isEqualTo(Region.US_EAST_1);
    }
  }

  @Test
  void closingOneClientLeavesTheOthers() {
    AwsClients clients = LoopbackAws.clientsAt(LoopbackAws.endpointOfS3());
    clients.s3().close();

    try (S3Client s3 = clients.s3()) {
      assertThat(s3.listBuckets().owner()).isNotNull();
    }
  }
}
