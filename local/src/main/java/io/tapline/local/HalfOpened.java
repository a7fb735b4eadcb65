package io.tapline.local;

import io.tapline.job.Installation;
import io.tapline.job.Opened;
import io.tapline.job.Opening;
import io.tapline.ledger.Claim;
import io.tapline.ledger.Ledger;
import io.tapline.ledger.OpenRun;
import java.util.Optional;

/**
 * Jobs whose opening was broken off: of each there is a marker and no {@code job.json}, and newer
 * jobs of its sync wait for it. On AWS the sweep waits until nobody can be at it any more; here the
 * machine that opened it is known to be gone.
 */
final class HalfOpened {

  private final Ledger ledger;
  private final Opening opening;

  /** Those of an installation that nobody else works at. */
  HalfOpened(Installation installation) {
    this.ledger = installation.ledger();
    this.opening = new Opening(installation);
  }

  /**
   * Opens those of a sync that were claimed. The marker of any other is taken away: pushing its
   * file again opens it anew.
   */
  void settle(String sync) {
    ledger.openRuns().stream()
        .filter(marker -> marker.sync().equals(sync))
        .filter(marker -> ledger.job(sync, marker.job()).job().isEmpty())
        .filter(marker -> !isOpened(marker))
        .forEach(ledger::deleteOpen);
  }

  private boolean isOpened(OpenRun marker) {
    Optional<Claim> claim =
        ledger.claim(marker.job()).filter(found -> found.sync().equals(marker.sync()));
    return claim.isPresent() && opening.reopen(marker.job(), claim.get()) instanceof Opened.Open;
  }
}
