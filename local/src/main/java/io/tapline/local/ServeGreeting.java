package io.tapline.local;

import io.tapline.local.standin.StandIn;
import io.tapline.sync.Sync;
import java.net.URI;
import java.util.Collection;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.AwsCredentials;

/** What {@code serve} says when it is ready: where things are, and what can be tried. */
final class ServeGreeting {

  private final Consumer<String> out;
  private final OneMachine machine;
  private final Services.Embedded embedded;
  private final StandIn standIn;
  private final boolean isKept;

  /**
   * Greets a user.
   *
   * @param isKept whether the objects are still there afterwards
   */
  ServeGreeting(Consumer<String> out, OneMachine machine, StandIn standIn, boolean isKept) {
    this.out = out;
    this.machine = machine;
    this.embedded = machine.services().embedded().orElseThrow();
    this.standIn = standIn;
    this.isKept = isKept;
  }

  /** Where the functions run, too. */
  void rehearsal(Collection<Sync> syncs) {
    services();
    out.accept("");
    out.accept("An export is taken under these prefixes:");
    syncs.forEach(sync -> out.accept("  %-28s sync %s".formatted(sync.prefix(), sync.name())));
    out.accept("");
    out.accept("To put one there:");
    credentials();
    String prefix = syncs.stream().map(Sync::prefix).findFirst().orElse("");
    out.accept(
        "  aws --endpoint-url %s s3 cp FILE s3://%s/%s"
            .formatted(embedded.s3().endpoint(), machine.exportBucket(), prefix));
    ready();
  }

  /**
   * Where only the services run.
   *
   * @param others where Secrets Manager, Lambda and EventBridge are
   */
  void samples(URI others) {
    services();
    out.accept("others     %s (Secrets Manager, Lambda, EventBridge)".formatted(others));
    out.accept("");
    out.accept("To invoke a function:");
    credentials();
    out.accept(
        "  sam local invoke SplitterFunction -e events/s3-object-created-put.json"
            + " --env-vars events/env.json --docker-network host");
    ready();
  }

  private void services() {
    out.accept("S3         %s".formatted(embedded.s3().endpoint()));
    out.accept("SQS        %s".formatted(embedded.sqs().endpoint()));
    out.accept("CleverTap  %s (the stand-in)".formatted(standIn.baseUri()));
    out.accept("exports    s3://%s".formatted(machine.exportBucket()));
    out.accept("ledger     s3://%s".formatted(machine.workBucket()));
    out.accept(
        "files      %s%s"
            .formatted(embedded.folder().path(), isKept ? "" : " (deleted at the end)"));
  }

  private void credentials() {
    AwsCredentials credentials = embedded.s3().credentials();
    out.accept(
        "  export AWS_ACCESS_KEY_ID=%s AWS_SECRET_ACCESS_KEY=%s AWS_DEFAULT_REGION=%s"
            .formatted(
                credentials.accessKeyId(), credentials.secretAccessKey(), EmbeddedSqs.REGION));
  }

  private void ready() {
    out.accept("");
    out.accept("ready; Ctrl-C ends it");
  }
}
