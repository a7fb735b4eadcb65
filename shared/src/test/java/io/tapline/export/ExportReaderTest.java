package io.tapline.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** How a reader treats the stream that it is given. */
class ExportReaderTest {

  @Test
  void closesTheObjectWithItself() throws IOException {
    for (boolean packed : new boolean[] {false, true}) {
      Raw raw = new Raw(packed ? Exports.gzip(Exports.bytes("a\n1\n")) : Exports.bytes("a\n1\n"));
      ExportReader reader =
          ExportReader.open(
              raw, packed ? Exports.gz(Exports.CSV) : Exports.CSV, ReadPosition.START, null);
      reader.close();
      assertThat(raw.isClosed).isTrue();
    }
  }

  @Test
  void closesTheObjectWhenItDoesNotOpen() {
    Raw raw = new Raw(new byte[0]);
    raw.failure = new IOException("does not close");
    assertThatThrownBy(() -> ExportReader.open(raw, Exports.CSV, ReadPosition.START, null))
        .isInstanceOf(UnreadableExportException.class)
        .hasSuppressedException(raw.failure);
    assertThat(raw.isClosed).isTrue();
  }

  @Test
  void wantsTheHeaderToReadOn() {
    Raw raw = new Raw(new byte[0]);
    assertThatThrownBy(
            () -> ExportReader.open(raw, Exports.CSV, new ReadPosition(4, 4, 4, 1, 0), null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("knownHeader");
    assertThat(raw.isClosed).isTrue();
  }

  private static final class Raw extends ByteArrayInputStream {

    private boolean isClosed;
    private IOException failure;

    Raw(byte[] bytes) {
      super(bytes);
    }

    @Override
    public void close() throws IOException {
      isClosed = true;
      if (failure != null) {
        throw failure;
      }
    }
  }
}
