package io.tapline.local;

import io.tapline.clevertap.CleverTapApi;
import io.tapline.clevertap.ListFile;
import io.tapline.clevertap.Reply;
import io.tapline.sync.Connection;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;

/** Counts the calls that are under way, and what goes out of a custom list. Thread-safe. */
final class WatchedApi implements CleverTapApi {

  private final CleverTapApi api;
  private final Figures figures;

  WatchedApi(CleverTapApi api, Figures figures) {
    this.api = api;
    this.figures = figures;
  }

  @Override
  public Reply post(Connection connection, String path, byte[] json, Duration timeout) {
    figures.callBegins();
    try {
      return api.post(connection, path, json, timeout);
    } finally {
      figures.callEnds();
    }
  }

  @Override
  public Reply put(URI url, ListFile list, Duration timeout) {
    try {
      return api.put(url, new CountedList(list, figures), timeout);
    } finally {
      figures.listEnds();
    }
  }

  private record CountedList(ListFile list, Figures figures) implements ListFile {

    @Override
    public long size() {
      return list.size();
    }

    @Override
    public InputStream open() {
      figures.listBegins(list.size());
      return new CountedStream(list.open(), figures);
    }
  }

  private static final class CountedStream extends FilterInputStream {

    private final Figures figures;

    CountedStream(InputStream in, Figures figures) {
      super(in);
      this.figures = figures;
    }

    @Override
    public int read() throws IOException {
      int next = super.read();
      if (next >= 0) {
        figures.listSent(1);
      }
      return next;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int count = super.read(bytes, offset, length);
      figures.listSent(Math.max(0, count));
      return count;
    }
  }
}
