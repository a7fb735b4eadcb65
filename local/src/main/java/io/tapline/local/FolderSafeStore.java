package io.tapline.local;

import java.io.InputStream;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.regex.Pattern;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Makes a store of files behave as S3 does where two requests meet. It keeps deletes and puts
 * apart: the file store removes the folders that a delete leaves empty, and a put that has just
 * made such a folder for its own file would fail. And it leaves out of listings the files to which
 * puts that are under way, or were cut off, write: they are named after the key and a random UUID.
 * Thread-safe.
 */
final class FolderSafeStore extends ForwardingBlobStore {

  private static final Pattern UNFINISHED =
      Pattern.compile(".*-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  private final ReadWriteLock folders = new ReentrantReadWriteLock();

  FolderSafeStore(BlobStore files) {
    super(files);
  }

  @Override
  public PutObjectResponse putBlob(PutObjectRequest request, InputStream body) {
    folders.readLock().lock();
    try {
      return super.putBlob(request, body);
    } finally {
      folders.readLock().unlock();
    }
  }

  @Override
  public DeleteObjectResponse removeBlob(DeleteObjectRequest request) {
    folders.writeLock().lock();
    try {
      return super.removeBlob(request);
    } finally {
      folders.writeLock().unlock();
    }
  }

  @Override
  public ListObjectsV2Response list(ListObjectsV2Request request) {
    ListObjectsV2Response listing = super.list(request);
    List<S3Object> finished =
        listing.contents().stream().filter(object -> !isUnfinished(object.key())).toList();
    return listing.toBuilder().contents(finished).keyCount(finished.size()).build();
  }

  /** Whether a file that is listed under this key is one that a put writes to. */
  static boolean isUnfinished(String key) {
    return UNFINISHED.matcher(key).matches();
  }
}
