package io.tapline.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapline.local.standin.StandIn;
import io.tapline.local.standin.StandInOptions;
import io.tapline.sync.Connection;
import io.tapline.sync.ConnectionSource;
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

  /** Two syncs share an account, a third one has another; each account has its own credentials. */
  @Test
  void eachExportGoesToTheAccountOfItsSync() {
    try (Account india = new Account("INDIA");
        Account europe = new Account("EUROPE");
        TestMachine test =
            new TestMachine(
                folder.resolve("work"), new Accounts(Map.of("india", india, "europe", europe)))) {
      test.putSync("orders", sync("india", "exports/"));
      test.putSync("visits", sync("india", "exports/visits/"));
      test.putSync("returns", sync("europe", "exports/eu/"));

      test.arrive("exports/orders.csv", export("Ordered"));
      test.arrive("exports/visits/today.csv", export("Visited"));
      test.arrive("exports/eu/today.csv", export("Returned"));
      test.workUntilAllIsOver();

      assertThat(india.events()).containsExactlyInAnyOrder("Ordered", "Visited");
      assertThat(europe.events()).containsExactly("Returned");
      assertThat(india.standIn.stats().callsByStatus()).isEqualTo(Map.of(200, 2L));
      assertThat(europe.standIn.stats().callsByStatus()).isEqualTo(Map.of(200, 1L));
    }
  }

  private static String sync(String connection, String prefix) {
    return "{\"connection\": \"%s\", \"prefix\": \"%s\", \"target\": \"USER_EVENTS\"}"
        .formatted(connection, prefix);
  }

  private static String export(String event) {
    return "evtName,identity\n%s,u-1\n".formatted(event);
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
