package io.tapline.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapline.local.chaos.Step.Operation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StepTest {

  @ParameterizedTest
  @CsvSource({
    "jobs/s/20261124T000000Z-01/runs/1/outcomes/3-17.json, jobs/runs/*/outcomes/*.json",
    "jobs/s/20261124T000000Z-01/chunks/3-17.gz,       jobs/chunks/*.gz",
    "jobs/s/20261124T000000Z-01/runs/1/calls/3-17-2.sent,  jobs/runs/*/calls/*.sent",
    "jobs/s/20261124T000000Z-01/runs/1/segment/put-2.sent, jobs/runs/*/segment/put-*.sent",
    "jobs/s/20261124T000000Z-01/runs/1/segment/end.json,   jobs/runs/*/segment/end.json",
    "restages/20261124T000000Z-01-2.json,                  restages/*.json",
    "jobs/s/20261124T000000Z-01/report.json,               jobs/report.json",
    "claims/20261124T000000Z-01,                           claims/*",
    "open/s/20261124T000000Z-01/1,                         open/*",
    "types/s/0.json,                                       types/*.json",
  })
  void namesAPlaceWithoutWhatDiffersFromJobToJob(String key, String place) {
    assertThat(Step.of("worker", Operation.PUT_ONCE, key)).hasToString("worker: put once " + place);
  }
}
