package io.tapline.bench.cold;

import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Calls of Secrets Manager. */
final class SecretCalls implements Calls {

  private final SecretsManagerClient secrets =
      SecretsManagerClient.builder().httpClient(UrlConnectionHttpClient.create()).build();

  @Override
  public void make(Call call) {
    secrets.getSecretValue(request -> request.secretId(call.get("SecretId")));
  }
}
