package io.tapline.local.check;

import io.tapline.clevertap.CleverTapApi;
import io.tapline.clevertap.Endpoint;
import io.tapline.clevertap.Refusal;
import io.tapline.clevertap.Reply;
import io.tapline.clevertap.UploadAnswer;
import io.tapline.local.check.ProbeAnswer.Verdict;
import io.tapline.sync.Connection;
import io.tapline.sync.RecordKind;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether a connection is good for a push, and stores nothing: it sends one profile
 * without an identity, once, with the client of the workers. CleverTap reads the credentials before
 * it reads the record, and can't store a profile that names nobody: it refuses it with the code
 * 523.
 */
public final class Probe {

  private static final byte[] NOBODY =
      "{\"d\":[{\"type\":\"profile\",\"profileData\":{}}]}".getBytes(StandardCharsets.UTF_8);

  private static final String IDENTITY_MISSING = "523";

  /** Codes in a body up to this are HTTP's, above they are those of records. */
  private static final int LAST_HTTP_CODE = 504;

  /** Of CleverTap's words so much is told. */
  private static final int MAX_WORDS = 200;

  private final Connection connection;
  private final RecordKind kind;

  private Probe(Connection connection, RecordKind kind) {
    this.connection = connection;
    this.kind = kind;
  }

  /**
   * Sends the record and judges the answer.
   *
   * @param kind what the sync makes of its rows: the answer says so where its calls go elsewhere
   * @param timeout for the call
   */
  public static ProbeAnswer of(
      CleverTapApi api, Connection connection, RecordKind kind, Duration timeout) {
    Reply reply = api.post(connection, Endpoint.UPLOAD.path(), NOBODY, timeout);
    return new Probe(connection, kind).judge(reply);
  }

  private ProbeAnswer judge(Reply reply) {
    return switch (reply) {
      case Reply.NotSent notSent -> notSent(notSent.reason());
      case Reply.Lost lost ->
          unreached(
              lost.reason()
                  + "; the credentials are not proven. Try again, and see whether a firewall, a"
                  + " proxy or a wrong baseUrl is in the way");
      case Reply.Answer answer -> judge(answer);
    };
  }

  private ProbeAnswer notSent(String reason) {
    String host = connection.baseUrl().getHost();
    if (!isKnown(host)) {
      return unreached(
          ("the name %s can't be resolved; see whether this machine has a network and a name"
               + " server, and correct the region or the baseUrl of connection \"%s\" if the name"
               + " is wrong")
              .formatted(host, connection.name()));
    }
    return unreached(
        reason.contains("SSL")
            ? reason
                + "; the certificate is not trusted: as a rule a proxy that reads along is in the"
                + " way, or the clock of this machine is wrong"
            : reason + "; see whether a firewall, a proxy or a wrong baseUrl is in the way");
  }

  private static boolean isKnown(String host) {
    try {
      InetAddress.getByName(host);
      return true;
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private ProbeAnswer judge(Reply.Answer answer) {
    Optional<UploadAnswer> parsed = UploadAnswer.parse(answer.body());
    if (answer.status() / 100 != 2) {
      return ofStatus(answer.status(), parsed.map(UploadAnswer::error).orElse(null));
    }
    if (parsed.isEmpty()) {
      return new ProbeAnswer(
          Verdict.FORBIDDEN,
          "HTTP %d from %s, with a body that is not CleverTap's: a proxy may have answered, or %s"
              .formatted(answer.status(), host(), wrongHost()));
    }
    Integer code = parsed.get().code();
    if (code != null && code > 299 && code <= LAST_HTTP_CODE) {
      return ofStatus(code, parsed.get().error());
    }
    return ofRecord(parsed.get());
  }

  /** CleverTap took the credentials, and looked at the record. */
  private ProbeAnswer ofRecord(UploadAnswer answer) {
    if (answer.processed() > 0 || (answer.refusals().isEmpty() && answer.code() == null)) {
      return proven(
          "CleverTap took a profile without an identity, which it documents as refused (code 523):"
              + " see whether there is a profile without a name");
    }
    String code =
        answer.refusals().isEmpty()
            ? String.valueOf(answer.code())
            : answer.refusals().getFirst().code();
    if (code.equals(Refusal.SERVER_ERROR)) {
      return unreached(
          "CleverTap had an error of its own (code 555), and nothing was stored; try again later");
    }
    return proven(
        code.equals(IDENTITY_MISSING)
            ? "nothing was stored: CleverTap refused the record, which has no identity, with code"
                + " 523, as it should"
            : "nothing was stored: CleverTap refused the record, which has no identity, with code "
                + code
                + " in place of 523");
  }

  private ProbeAnswer proven(String stored) {
    return new ProbeAnswer(
        Verdict.PROVEN,
        "host %s, account %s and passcode of connection \"%s\" belong together and may upload; %s%s"
            .formatted(host(), connection.accountId(), connection.name(), stored, rest()));
  }

  /** What was not proven, where the calls of the sync go elsewhere. */
  private String rest() {
    String calls =
        switch (kind) {
          case PROFILE, EVENT, TOKEN -> null;
          case DEMERGE -> Endpoint.DEMERGE.path();
          case SUBSCRIPTION -> Endpoint.SUBSCRIBE.path();
          case DISASSOCIATION -> Endpoint.DISASSOCIATE.path();
          case LIST_MEMBER -> "the three steps of a custom list";
        };
    return calls == null
        ? ""
        : (". The record went to %s, where one can be sent that stores nothing; the push calls %s,"
                + " and that the account may do so is not proven%s")
            .formatted(
                Endpoint.UPLOAD.path(),
                calls,
                kind == RecordKind.LIST_MEMBER
                    ? ", nor that customList.userEmail is an admin's"
                    : "");
  }

  private ProbeAnswer ofStatus(int status, @Nullable String words) {
    String found = "HTTP %d from %s%s".formatted(status, host(), quoted(words));
    return switch (status) {
      case 401 ->
          forbidden(
              found
                  + ": account id, passcode and region of connection \"%s\" don't belong together"
                      .formatted(connection.name())
                  + " (a wrong region answers so, too). Compare all three with CleverTap's"
                  + " dashboard: Settings, Project; the region is in its address");
      case 403 ->
          forbidden(
              found
                  + ": the passcode of connection \"%s\" may not upload"
                      .formatted(connection.name())
                  + ", or this machine's address is not allowed. Take a passcode that may use the"
                  + " upload API, or allow the address");
      case 404, 405 -> forbidden(found + ": there is no upload API; " + wrongHost());
      case 429 ->
          unreached(
              found
                  + ": too many calls at once. The host is right, the credentials are not proven;"
                  + " see whether other programs call this account, and try again");
      default -> ofRareStatus(status, found);
    };
  }

  private ProbeAnswer ofRareStatus(int status, String found) {
    if (status / 100 == 3) {
      return forbidden(
          found + ": it sends calls elsewhere, which a push does not follow; " + wrongHost());
    }
    return status >= 500
        ? unreached(
            found
                + ": CleverTap had an error, or is not available. The credentials are not proven;"
                + " try again later")
        : forbidden(
            found + ": the call was refused as a whole, perhaps by a proxy; " + wrongHost());
  }

  private String wrongHost() {
    return "the region or the baseUrl of connection \"%s\" is wrong".formatted(connection.name());
  }

  private String host() {
    return connection.baseUrl().getHost();
  }

  /** CleverTap's words, which may repeat what they were sent. */
  private String quoted(@Nullable String words) {
    if (words == null) {
      return "";
    }
    String text = words.replace(connection.passcode(), "…");
    return " (\"%s\")"
        .formatted(text.length() <= MAX_WORDS ? text : text.substring(0, MAX_WORDS) + "…");
  }

  private static ProbeAnswer forbidden(String text) {
    return new ProbeAnswer(Verdict.FORBIDDEN, text);
  }

  private static ProbeAnswer unreached(String text) {
    return new ProbeAnswer(Verdict.UNREACHED, text);
  }
}
