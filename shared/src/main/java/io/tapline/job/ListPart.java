package io.tapline.job;

import io.tapline.chunk.ChunkId;
import io.tapline.ledger.Outcome;
import io.tapline.ledger.Part;
import io.tapline.ledger.RowCounts;
import io.tapline.ledger.RunLedger;
import io.tapline.ledger.Stop;
import io.tapline.record.Mapped;
import io.tapline.record.Rejection;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a chunk of a custom list becomes. No call takes members of a list: they are kept until the
 * whole list is put together.
 */
final class ListPart {

  private final RunLedger run;
  private final ChunkId chunk;
  private final List<Mapped> members;
  private final List<Rejection> rejections;

  /** The part of these rows of a chunk. */
  ListPart(RunLedger run, ChunkId chunk, List<Mapped> members, List<Rejection> rejections) {
    this.run = run;
    this.chunk = chunk;
    this.members = members;
    this.rejections = rejections;
  }

  /**
   * Writes the part, unless the run is stopped or no row is good.
   *
   * @param stop why the run is stopped; empty when it is not
   * @return the chunk's outcome, which is to be written
   */
  Outcome write(Optional<Stop> stop, Instant start, Instant now) {
    Fates fates = new Fates(members);
    Part part = null;
    if (stop.isPresent()) {
      fates.giveUp(Fate.notSent(stop.get()));
    } else if (!members.isEmpty()) {
      byte[] csv = csv();
      run.putPart(chunk, csv);
      part = new Part(members.size(), csv.length);
    }
    return new Outcome(
        chunk.lane(),
        chunk.number(),
        fates.counts().plus(RowCounts.rejected(rejections.size())),
        rejections,
        fates.open(),
        0,
        0,
        0,
        0,
        start,
        now,
        null,
        part);
  }

  private byte[] csv() {
    ByteArrayOutputStream csv =
        new ByteArrayOutputStream(members.stream().mapToInt(m -> m.bytes().length).sum());
    members.forEach(member -> csv.writeBytes(member.bytes()));
    return csv.toByteArray();
  }
}
