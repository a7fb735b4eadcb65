package io.tapline.local.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Calls a stand-in as a client would. */
record Caller(StandIn standIn) {

  private static final ObjectMapper JSON = new ObjectMapper();

  // An own client for each call: none of them may find a connection that a fault has closed.
  private static HttpResponse<String> send(HttpRequest request)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, BodyHandlers.ofString());
    }
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new AssertionError(text, e);
    }
  }

  static String profile(String identity) {
    return "{\"type\":\"profile\",\"identity\":\"" + identity + "\",\"profileData\":{}}";
  }

  static String batch(String... records) {
    return Arrays.stream(records).collect(Collectors.joining(",", "{\"d\":[", "]}"));
  }

  /** A call with all that it needs. */
  HttpRequest.Builder call(String target) {
    return bare(target)
        .header("X-CleverTap-Account-Id", standIn.accountId())
        .header("X-CleverTap-Passcode", standIn.passcode())
        .header("Content-Type", "application/json");
  }

  HttpRequest.Builder bare(String target) {
    return HttpRequest.newBuilder(URI.create(standIn.baseUri() + target));
  }

  HttpResponse<String> send(HttpRequest.Builder call, String body) throws Exception {
    return send(call.POST(BodyPublishers.ofString(body)).build());
  }

  HttpResponse<String> send(HttpRequest.Builder call) throws Exception {
    return send(call.build());
  }

  HttpResponse<String> upload(String... records) throws Exception {
    return send(call("/1/upload"), batch(records));
  }

  /** Calls one of CleverTap's APIs. */
  HttpResponse<String> call(Api api, String body) throws Exception {
    return send(call(api.path()), body);
  }

  /** Asks for the URL of a custom list, and gets one. */
  String segmentUrl() throws Exception {
    return json(call(Api.SEGMENT_URL, "").body()).get("presignedS3URL").asText();
  }

  /** Puts a file as a client should: with a length, and no header that says more. */
  static HttpResponse<String> put(String url, String file) throws Exception {
    return send(HttpRequest.newBuilder(URI.create(url)).PUT(BodyPublishers.ofString(file)).build());
  }

  /** Says that a file is there. */
  HttpResponse<String> complete(String name, String url, boolean replace) throws Exception {
    return call(
        Api.SEGMENT_COMPLETE,
        """
        {"name":"%s","email":"admin@example.com","filename":"list.csv","creator":"Tapline",\
        "url":"%s","replace":%s}\
        """
            .formatted(name, url, replace));
  }
}
