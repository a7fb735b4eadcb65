package io.tapline.bench.cold;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Objects;

/** Calls of CleverTap. */
final class PostCalls implements Calls {

  static final String NAME = "CleverTap Post";
  static final String URL = "Url";
  static final String ACCOUNT = "Account";
  static final String PASSCODE = "Passcode";

  private static final String PROFILE =
      """
      {"d": [{"identity": "a", "type": "profile", "profileData": {"city": "Oslo"}}]}\
      """;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @Override
  public void make(Call call) throws IOException, InterruptedException {
    client.send(
        HttpRequest.newBuilder(URI.create(Objects.requireNonNull(call.get(URL))))
            .header("Content-Type", "application/json")
            .header("X-CleverTap-Account-Id", Objects.requireNonNull(call.get(ACCOUNT)))
            .header("X-CleverTap-Passcode", Objects.requireNonNull(call.get(PASSCODE)))
            .POST(BodyPublishers.ofString(PROFILE))
            .build(),
        BodyHandlers.ofByteArray());
  }
}
