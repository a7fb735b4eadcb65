package io.tapline.local;

import java.io.InputStream;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/**
 * Keeps deletes and puts apart. The file store removes the folders that a delete leaves empty, and
 * a put that has just made such a folder for its own file would fail. Thread-safe.
 */
final class FolderSafeStore extends ForwardingBlobStore {

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
}
