package io.tapline.sync;

import io.tapline.aws.Clock;
import io.tapline.aws.Lazy;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.Parameter;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;
import software.amazon.awssdk.services.ssm.model.ParameterType;
import software.amazon.awssdk.services.ssm.model.SsmException;

/**
 * Connections in AWS: the Secrets Manager secret {@code tapline/connections/NAME}, else the SSM
 * SecureString {@code /tapline/connections/NAME}. What was read is kept for five minutes. A failure
 * of AWS that is neither a missing secret nor a missing permission is thrown as the SDK's own
 * exception: trying again may help.
 */
public final class AwsConnections implements ConnectionSource {

  private final Lazy<SecretsManagerClient> secretsManager;
  private final Lazy<SsmClient> ssm;
  private final CachingConnections cache;

  /**
   * Each client is asked for at its first use: a cold start should not pay for one that is not
   * needed.
   */
  public AwsConnections(
      Supplier<SecretsManagerClient> secretsManager, Supplier<SsmClient> ssm, Clock clock) {
    this.secretsManager = new Lazy<>(secretsManager);
    this.ssm = new Lazy<>(ssm);
    this.cache = new CachingConnections(this::read, clock);
  }

  @Override
  public Connection get(String name) {
    return cache.get(name);
  }

  @Override
  public Connection refresh(String name) {
    return cache.refresh(name);
  }

  private Connection read(String name) {
    ConnectionParser.requireName(name);
    String secret = "tapline/connections/" + name;
    String parameter = "/" + secret;
    return secret(secret)
        .map(json -> ConnectionParser.parse(name, json, "secret " + secret))
        .or(
            () ->
                parameter(parameter)
                    .map(json -> ConnectionParser.parse(name, json, "parameter " + parameter)))
        .orElseThrow(() -> missing(name, secret, parameter));
  }

  private static SettingsException missing(String name, String secret, String parameter) {
    return new SettingsException(
        ("connection %s is missing;"
                + " it must be the Secrets Manager secret %s or the SSM SecureString %s")
            .formatted(name, secret, parameter));
  }

  private Optional<String> secret(String id) {
    try {
      String text =
          secretsManager.get().getSecretValue(request -> request.secretId(id)).secretString();
      if (text == null) {
        throw new SettingsException("secret " + id + " is binary; it must be text");
      }
      return Optional.of(text);
    } catch (ResourceNotFoundException e) {
      return Optional.empty();
    } catch (SecretsManagerException e) {
      throw isDenied(e) ? denied("secret " + id, "secretsmanager:GetSecretValue") : e;
    }
  }

  private Optional<String> parameter(String name) {
    try {
      Parameter parameter =
          ssm.get().getParameter(request -> request.name(name).withDecryption(true)).parameter();
      if (parameter.type() != ParameterType.SECURE_STRING) {
        throw new SettingsException(
            "parameter %s is a %s; it must be a SecureString, for it holds a passcode"
                .formatted(name, parameter.typeAsString()));
      }
      return Optional.of(parameter.value());
    } catch (ParameterNotFoundException e) {
      return Optional.empty();
    } catch (SsmException e) {
      throw isDenied(e) ? denied("parameter " + name, "ssm:GetParameter") : e;
    }
  }

  private static boolean isDenied(AwsServiceException e) {
    return e.awsErrorDetails() != null
        && "AccessDeniedException".equals(e.awsErrorDetails().errorCode());
  }

  private static SettingsException denied(String place, String permission) {
    return new SettingsException(
        ("%s may not be read; the function's role must have %s on it,"
                + " and kms:Decrypt if a key of your own encrypts it")
            .formatted(place, permission));
  }
}
