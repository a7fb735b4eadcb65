package io.tapline.ledger;

import io.tapline.aws.ObjectVersion;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.HexFormat;

/**
 * Derives the id of a job from its export, so that every event about one version of an object leads
 * to one job.
 */
public final class JobId {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  /** The time, a dash and the hash: what the ids of all jobs of an export begin with. */
  private static final int EXPORT_LENGTH = 33;

  /**
   * Ids as jobs of a sync go: by the time of their exports; the jobs of one export as asked for.
   */
  public static final Comparator<String> ORDER =
      Comparator.comparing(JobId::export)
          .thenComparingInt(JobId::repeatOf)
          .thenComparing(Comparator.naturalOrder());

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

  /** What the ids of all jobs of the same export begin with. */
  static String export(String id) {
    return id.substring(0, Math.min(id.length(), EXPORT_LENGTH));
  }

  private static int repeatOf(String id) {
    return id.length() > EXPORT_LENGTH + 1
        ? Integer.parseInt(id, EXPORT_LENGTH + 1, id.length(), 10)
        : 1;
  }

  /** Whether a job of this export was asked for by hand, and is not its first. */
  public static boolean isRepeat(String id, ObjectVersion export) {
    return !id.equals(of(export));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
