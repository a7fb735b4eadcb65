package io.tapline.splitter;

import com.amazonaws.services.lambda.runtime.Context;
import io.tapline.aws.TimeBudget;
import io.tapline.job.FunctionLog;
import io.tapline.job.Installation;
import io.tapline.job.LogLine;
import io.tapline.job.MetricLine;
import io.tapline.ledger.Job;
import java.time.Duration;

/** What the steps of one invocation share. */
record Invocation(TimeBudget budget, Context context, Handover handover, FunctionLog log) {

  static Invocation begin(Installation installation, Context context, Handover handover) {
    TimeBudget budget =
        TimeBudget.of(installation.clock(), Duration.ofMillis(context.getRemainingTimeInMillis()));
    FunctionLog log =
        new FunctionLog(context.getLogger()::log, installation.clock(), context.getAwsRequestId());
    return new Invocation(budget, context, handover, log);
  }

  /** Lets another invocation go on with a job. */
  void handOver(Job job) {
    handover.invoke(context.getInvokedFunctionArn(), OwnEvent.GoOn.with(job).toJson());
  }

  void log(LogLine line) {
    log.add(line);
  }

  void log(MetricLine line) {
    log.add(line);
  }
}
