package io.tapline.ledger;

import io.tapline.aws.ObjectVersion;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;

/**
 * Derives the id of a job from its export, so that every event about one version of an object leads
 * to one job. Ids sort by the time at which the export was last modified.
 */
public final class JobId {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private JobId() {}

  /** The id of the job that pushes {@code export} for the first time. */
  public static String of(ObjectVersion export) {
    String version =
        export.versionId() == null
            ? export.etag() + "\0" + export.lastModified()
            : export.versionId();
    String identity = export.bucket() + "\0" + export.key() + "\0" + version;
    byte[] hash = sha256().digest(identity.getBytes(StandardCharsets.UTF_8));
    return TIME.format(export.lastModified()) + "-" + HexFormat.of().formatHex(hash, 0, 8);
  }

  /** The id of the {@code n}th job of the same export, asked for by hand; the first is 1. */
  public static String repeat(String id, int n) {
    return n == 1 ? id : id + "-" + n;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
