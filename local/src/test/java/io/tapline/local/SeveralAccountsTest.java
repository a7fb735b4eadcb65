package io.tapline.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapline.aws.ObjectStore;
import io.tapline.ledger.Ledger;
import io.tapline.local.standin.StandIn;
import io.tapline.local.standin.StandInOptions;
import io.tapline.sync.Connection;
import io.tapline.sync.ConnectionSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several syncs and several accounts of CleverTap in one installation. */
class SeveralAccountsTest {

  @TempDir private Path folder;

  /**
   * Two syncs share an account, a third one has another; each account has credentials of its own.
   */
  @Test
  void eachExportGoesToTheAccountOfItsSync() throws Exception {
    List<String> log = Collections.synchronizedList(new ArrayList<>());
    try (Account india = new Account("INDIA");
        Account europe = new Account("EUROPE");
        OneMachine machine =
            OneMachine.start(
                folder.resolve("work"),
                Map.of(),
                new Accounts(Map.of("india", india, "europe", europe)),
                log::add)) {
      sync(machine, "orders", "india", "exports/");
      sync(machine, "visits", "india", "exports/visits/");
      sync(machine, "returns", "europe", "exports/eu/");

      push(machine, "exports/orders.csv", "Ordered");
      push(machine, "exports/visits/today.csv", "Visited");
      push(machine, "exports/eu/today.csv", "Returned");
      workUntilAllIsOver(machine);

      assertThat(india.events()).containsExactlyInAnyOrder("Ordered", "Visited");
      assertThat(europe.events()).containsExactly("Returned");
      assertThat(india.standIn.stats().callsByStatus()).isEqualTo(Map.of(200, 2L));
      assertThat(europe.standIn.stats().callsByStatus()).isEqualTo(Map.of(200, 1L));
    }
  }

  private static void sync(OneMachine machine, String name, String connection, String prefix) {
    String settings =
        "{\"connection\": \"%s\", \"prefix\": \"%s\", \"target\": \"USER_EVENTS\"}"
            .formatted(connection, prefix);
    ledger(machine).putSyncFile(name, settings.getBytes(StandardCharsets.UTF_8));
  }

  private static void push(OneMachine machine, String key, String event) {
    ObjectStore store = machine.installation().store();
    String export = "evtName,identity\n%s,u-1\n".formatted(event);
    store.put(machine.exportBucket(), key, export.getBytes(StandardCharsets.UTF_8));
    String etag = store.head(machine.exportBucket(), key, null).orElseThrow().etag();
    machine.split(OneMachine.objectCreated(machine.exportBucket(), key, etag));
  }

  private static void workUntilAllIsOver(OneMachine machine) throws InterruptedException {
    machine.startWorkers();
    while (!ledger(machine).openRuns().isEmpty()) {
      if (machine.isIdle()) {
        machine.finish();
      }
      Thread.sleep(20);
    }
  }

  private static Ledger ledger(OneMachine machine) {
    return machine.installation().ledger();
  }

  /** A stand-in that knows just one account, and what it was sent. */
  private static final class Account implements AutoCloseable {

    private final List<JsonNode> received = Collections.synchronizedList(new ArrayList<>());
    private final StandIn standIn;

    Account(String id) {
      this.standIn =
          StandIn.start(
              StandInOptions.builder()
                  .credentials(id, "passcode-of-" + id)
                  .recorder((kind, record) -> received.add(record))
                  .build());
    }

    List<String> events() {
      return received.stream().map(event -> event.path("evtName").asText()).toList();
    }

    @Override
    public void close() {
      standIn.close();
    }
  }

  private record Accounts(Map<String, Account> byName) implements ConnectionSource {

    @Override
    public Connection get(String name) {
      return new StandInConnections(byName.get(name).standIn).get(name);
    }

    @Override
    public Connection refresh(String name) {
      return get(name);
    }
  }
}
