package io.tapline.ledger;

import io.tapline.aws.ObjectVersion;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Derives the id of a job from its export, so that every event about one version of an object leads
 * to one job.
 */
public final class JobId {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private static final Pattern ID =
      Pattern.compile("[0-9]{8}T[0-9]{6}Z-[0-9a-f]{16}(-[1-9][0-9]{0,8})?");

  private static final int SECOND_LENGTH = 16;

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
    return second(export.lastModified()) + "-" + HexFormat.of().formatHex(hash, 0, 8);
  }

  /** Whether a text is such an id, of a job that may be there or not. */
  public static boolean isOne(String text) {
    return ID.matcher(text).matches();
  }

  /** When the export of a job was last modified, to the second. */
  public static Instant lastModified(String id) {
    return TIME.parse(second(id), Instant::from);
  }

  /** What the ids of all exports begin with that were last modified in this second. */
  public static String second(Instant lastModified) {
    return TIME.format(lastModified);
  }

  /** The second in which the export of a job was last modified, as its id begins. */
  public static String second(String id) {
    return id.substring(0, Math.min(id.length(), SECOND_LENGTH));
  }

  /** The id of the {@code n}th job of the same export, asked for by hand; the first is 1. */
  public static String repeat(String id, int n) {
    return n == 1 ? id : id + "-" + n;
  }

  /** What the ids of all jobs of the same export begin with. */
  public static String export(String id) {
    return id.substring(0, Math.min(id.length(), EXPORT_LENGTH));
  }

  /** Which job of its export this is; the first is 1. */
  public static int repeatOf(String id) {
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
