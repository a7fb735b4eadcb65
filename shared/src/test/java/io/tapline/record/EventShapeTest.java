package io.tapline.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EventShapeTest {

  private static final List<String> HEADER = List.of("evtName", "identity");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Notification Sent",
        "Notification Viewed",
        "Notification Clicked",
        "Notification Delivered",
        "Notification Replied",
        "UTM Visited",
        "App Launched",
        "App Uninstalled",
        "App Version Changed",
        "Stayed",
        "Reply Sent",
        "Experiment Rendered",
        "Reachable By",
        "Identity Reset",
        "Identity Set",
        "Identity Error",
        "Web Page Viewed",
      })
  void refusesCleverTapsOwnEventsIgnoringCaseAndSpaces(String name) {
    for (String spelled :
        List.of(
            name,
            name.toLowerCase(Locale.ROOT),
            name.toUpperCase(Locale.ROOT),
            name.replace(" ", ""),
            " " + name + " ")) {
      assertThat(Fixture.told(Fixture.events().map(HEADER, spelled, "u")))
          .as(spelled)
          .isEqualTo("513 evtName");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"App", "Launched", "App Launched Again", "Identity"})
  void takesNamesThatOnlyBeginLikeThem(String name) {
    assertThat(Fixture.events().map(HEADER, name, "u")).isInstanceOf(Mapped.class);
  }
}
