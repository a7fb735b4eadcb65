package io.tapline.local;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;

/**
 * S3 inside this JVM, on the loopback interface. It keeps its objects as files, so that a second
 * start on the same directory finds them with the same ETag and last-modified time.
 *
 * <p>A client needs {@link #endpoint()}, {@link #credentials()}, path style and {@code
 * chunkedEncodingEnabled(false)}: the server does not read the end of a chunked body and then drops
 * the connection, now and then while the client still writes. Versioning is off, so objects have no
 * version id: a reader pins them by ETag. {@code If-None-Match: *} is atomic; {@code If-Match} on a
 * write is not. A key with {@code //} is missing from listings. Thread-safe.
 */
public final class EmbeddedS3 implements AutoCloseable {

  private final S3Proxy server;
  private final URI endpoint;
  private final AwsCredentials credentials;

  private EmbeddedS3(S3Proxy server, URI endpoint, AwsCredentials credentials) {
    this.server = server;
    this.endpoint = endpoint;
    this.credentials = credentials;
  }

  /**
   * Starts the server over the files in {@code directory}, and makes the directory if there is
   * none.
   *
   * @throws IOException if the directory cannot be made, or keeps no extended attributes (where
   *     ETags live), or no port is free
   */
  public static EmbeddedS3 start(Path directory) throws IOException {
    return start(directory, UnaryOperator.identity());
  }

  /**
   * Starts the server over the files in {@code directory}.
   *
   * @param addition put in front of the store of files
   * @throws IOException as {@link #start(Path)} does
   */
  public static EmbeddedS3 start(Path directory, UnaryOperator<BlobStore> addition)
      throws IOException {
    return start(directory, 0, ownCredentials(), addition);
  }

  /**
   * Starts the server over the files in {@code directory} on a port of one's own choice.
   *
   * @param port 0 takes a free one
   * @param credentials the only ones that it accepts
   * @param addition put in front of the store of files
   * @throws IOException as {@link #start(Path)} does
   */
  static EmbeddedS3 start(
      Path directory, int port, AwsCredentials credentials, UnaryOperator<BlobStore> addition)
      throws IOException {
    Files.createDirectories(directory);
    requireExtendedAttributes(directory);
    S3Proxy server =
        S3Proxy.builder()
            .blobStore(
                addition.apply(
                    new FolderSafeStore(
                        new FilesystemNio2BlobStore(directory.toAbsolutePath().toString()))))
            .endpoint(URI.create("http://127.0.0.1:" + port))
            // Whoever closes it has no request under way; a graceful stop takes a second.
            .stopTimeout(0)
            .awsAuthentication(
                AuthenticationType.AWS_V4, credentials.accessKeyId(), credentials.secretAccessKey())
            .build();
    try {
      server.start();
    } catch (Exception e) {
      throw new IOException("The embedded S3 did not start on 127.0.0.1", e);
    }
    return new EmbeddedS3(server, URI.create("http://127.0.0.1:" + server.getPort()), credentials);
  }

  /**
   * Credentials that nobody else knows: objects hold personal data, and another user of this
   * machine must not read them through the port.
   */
  static AwsCredentials ownCredentials() {
    return AwsBasicCredentials.create("local", UUID.randomUUID().toString());
  }

  private static void requireExtendedAttributes(Path directory) throws IOException {
    Path probe = Files.createTempFile(directory, ".probe", null);
    try {
      UserDefinedFileAttributeView attributes =
          Files.getFileAttributeView(probe, UserDefinedFileAttributeView.class);
      attributes.write("probe", ByteBuffer.wrap(new byte[1]));
    } catch (IOException | NullPointerException e) {
      throw new IOException(
          "The file system of %s keeps no extended attributes; choose another directory"
              .formatted(directory),
          e);
    } finally {
      Files.delete(probe);
    }
  }

  /** Where it listens. */
  public URI endpoint() {
    return endpoint;
  }

  /** The only credentials that it accepts. */
  public AwsCredentials credentials() {
    return credentials;
  }

  /** Stops the server; the files stay. */
  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("The embedded S3 did not stop", e);
    }
  }
}
