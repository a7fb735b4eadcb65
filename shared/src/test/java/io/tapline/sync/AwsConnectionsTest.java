package io.tapline.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapline.aws.SetClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.SsmException;

class AwsConnectionsTest {

  private static final String SECRET = "tapline/connections/prod";
  private static final String PARAMETER = "/tapline/connections/prod";

  private final SecretServer server = new SecretServer();
  private final List<String> made = new ArrayList<>();
  private final SetClock clock = new SetClock();
  private final AwsConnections connections =
      new AwsConnections(this::secretsManager, this::ssm, clock);

  AwsConnectionsTest() throws IOException {}

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void readsTheSecretAndMakesNoClientForParameters() {
    server.putSecret(SECRET, json("one"));
    server.putParameter(PARAMETER, "SecureString", json("two"));

    Connection connection = connections.get("prod");

    assertThat(connection.name()).isEqualTo("prod");
    assertThat(connection.passcode()).isEqualTo("one");
    assertThat(made).containsExactly("Secrets Manager");
  }

  @Test
  void readsTheParameterWhereThereIsNoSecret() {
    server.putParameter(PARAMETER, "SecureString", json("two"));

    assertThat(connections.get("prod").passcode()).isEqualTo("two");
    assertThat(server.requests())
        .containsExactly("GetSecretValue " + SECRET, "GetParameter " + PARAMETER);
  }

  @Test
  void keepsAConnectionForFiveMinutes() {
    server.putSecret(SECRET, json("one"));
    connections.get("prod");
    server.putSecret(SECRET, json("two"));

    assertThat(connections.get("prod").passcode()).isEqualTo("one");
    clock.sleep(Duration.ofMinutes(5));
    assertThat(connections.get("prod").passcode()).isEqualTo("two");
    assertThat(made).containsExactly("Secrets Manager");
  }

  @Test
  void refreshReadsAnew() {
    server.putSecret(SECRET, json("one"));
    connections.get("prod");
    server.putSecret(SECRET, json("two"));

    assertThat(connections.refresh("prod").passcode()).isEqualTo("two");
    assertThat(connections.get("prod").passcode()).isEqualTo("two");
  }

  @Test
  void namesBothPlacesOfAMissingConnection() {
    assertThatThrownBy(() -> connections.get("prod"))
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            "connection prod is missing; it must be the Secrets Manager secret"
                + " tapline/connections/prod or the SSM SecureString /tapline/connections/prod");
  }

  @Test
  void namesThePermissionThatASecretNeeds() {
    server.fail("GetSecretValue " + SECRET, 400, "AccessDeniedException");

    assertThatThrownBy(() -> connections.get("prod"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("secret tapline/connections/prod may not be read")
        .hasMessageContaining("secretsmanager:GetSecretValue");
  }

  @Test
  void namesThePermissionThatAParameterNeeds() {
    server.fail("GetParameter " + PARAMETER, 400, "AccessDeniedException");

    assertThatThrownBy(() -> connections.get("prod"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("parameter /tapline/connections/prod may not be read")
        .hasMessageContaining("ssm:GetParameter");
  }

  @Test
  void leavesOtherFailuresOfSecretsManagerToTheCaller() {
    server.fail("GetSecretValue " + SECRET, 500, "InternalServiceError");

    assertThatThrownBy(() -> connections.get("prod")).isInstanceOf(SecretsManagerException.class);
  }

  @Test
  void leavesOtherFailuresOfParameterStoreToTheCaller() {
    server.fail("GetParameter " + PARAMETER, 500, "InternalServerError");

    assertThatThrownBy(() -> connections.get("prod")).isInstanceOf(SsmException.class);
  }

  @Test
  void refusesABinarySecret() {
    server.putBinarySecret(SECRET);

    assertThatThrownBy(() -> connections.get("prod"))
        .isInstanceOf(SettingsException.class)
        .hasMessage("secret tapline/connections/prod is binary; it must be text");
  }

  @Test
  void refusesAParameterInClearText() {
    server.putParameter(PARAMETER, "String", json("one"));

    assertThatThrownBy(() -> connections.get("prod"))
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            "parameter /tapline/connections/prod is a String; it must be a SecureString, for it"
                + " holds a passcode");
  }

  @Test
  void tellsWhereAMalformedConnectionIs() {
    server.putSecret(SECRET, "one");

    assertThatThrownBy(() -> connections.get("prod"))
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            "the text is not valid JSON at line 1, column 1: put text in double quotes (\"),"
                + " and write true or false in lower case (secret tapline/connections/prod)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a/b", "..", "a b"})
  void asksForNoNameThatCannotBeOne(String name) {
    assertThatThrownBy(() -> connections.get(name)).isInstanceOf(SettingsException.class);
    assertThat(server.requests()).isEmpty();
  }

  private static String json(String passcode) {
    return "{\"accountId\":\"A\",\"passcode\":\"%s\",\"region\":\"eu1\"}".formatted(passcode);
  }

  private SecretsManagerClient secretsManager() {
    made.add("Secrets Manager");
    return aimed(SecretsManagerClient.builder()).build();
  }

  private SsmClient ssm() {
    made.add("SSM");
    return aimed(SsmClient.builder()).build();
  }

  private <B extends AwsClientBuilder<B, ?>> B aimed(B builder) {
    return builder
        .endpointOverride(server.url())
        .region(Region.EU_CENTRAL_1)
        .credentialsProvider(AnonymousCredentialsProvider.create())
        .overrideConfiguration(c -> c.retryStrategy(AwsRetryStrategy.doNotRetry()));
  }
}
