package io.tapline.splitter;

import com.amazonaws.services.lambda.runtime.Context;
import io.tapline.aws.TimeBudget;
import io.tapline.job.Installation;
import io.tapline.job.LogLine;
import io.tapline.job.MetricLine;
import io.tapline.ledger.Job;
import java.time.Duration;

/** What the steps of one invocation share. */
record Invocation(TimeBudget budget, Context context, Handover handover) {

  static Invocation begin(Installation installation, Context context, Handover handover) {
    TimeBudget budget =
        TimeBudget.of(installation.clock(), Duration.ofMillis(context.getRemainingTimeInMillis()));
    return new Invocation(budget, context, handover);
  }

  /** Lets another invocation go on with a job. */
  void handOver(Job job) {
    handover.invoke(context.getInvokedFunctionArn(), OwnEvent.GoOn.with(job).toJson());
  }

  void log(LogLine line) {
    context.getLogger().log(line.toString());
  }

  void log(MetricLine line) {
    context.getLogger().log(line.toString());
  }
}
