package io.tapline.local.standin;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link StandIn} behaves. Immutable.
 *
 * @param port 0 takes a free one
 * @param maxConcurrency calls at once that the upload API takes
 * @param maxEventProperties properties of an event; CleverTap allows 100 by default
 * @param discardedEvents names of events that the account has discarded
 * @param admins e-mail addresses that may make a segment, whatever their case; empty: any may
 * @param existingSegments names of segments that can be replaced from the start
 * @param clock what the URLs of custom lists expire by
 * @param requestLog the file in which accepted requests are recorded, replaced when it exists;
 *     null: they are not
 * @param recorder who is told of each accepted record; null: nobody
 */
public record StandInOptions(
    int port,
    String accountId,
    String passcode,
    Faults faults,
    int maxConcurrency,
    int maxEventProperties,
    Set<String> discardedEvents,
    Set<String> admins,
    Set<String> existingSegments,
    InstantSource clock,
    @Nullable Path requestLog,
    @Nullable Recorder recorder) {

  public StandInOptions {
    discardedEvents = Set.copyOf(discardedEvents);
    admins = Set.copyOf(admins);
    existingSegments = Set.copyOf(existingSegments);
    atLeast("port", port, 0);
    atLeast("maxConcurrency", maxConcurrency, 1);
    atLeast("maxEventProperties", maxEventProperties, 1);
  }

  private static void atLeast(String name, int value, int least) {
    if (value < least) {
      throw new IllegalArgumentException(name + " is " + value + "; it must be at least " + least);
    }
  }

  /** What CleverTap does by default: no faults, nothing recorded. */
  public static StandInOptions defaults() {
    return builder().build();
  }

  /** Starts from the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** Leaves the passcode out. */
  @Override
  public String toString() {
    return "StandInOptions[port=" + port + ", accountId=" + accountId + "]";
  }

  /** Sets what is not as by default. Not safe for several threads. */
  public static final class Builder {

    private int port;
    private String accountId = "STAND-IN";
    private String passcode = "stand-in-passcode";
    private Faults faults = Faults.none();
    private int maxConcurrency = Api.UPLOAD.maxConcurrency();
    private int maxEventProperties = 100;
    private Set<String> discardedEvents = Set.of();
    private Set<String> admins = Set.of();
    private Set<String> existingSegments = Set.of();
    private InstantSource clock = InstantSource.system();
    private @Nullable Path requestLog;
    private @Nullable Recorder recorder;

    private Builder() {}

    /** 0, the default, takes a free one. */
    public Builder port(int port) {
      this.port = port;
      return this;
    }

    /** What the two credential headers of a call must say. */
    public Builder credentials(String accountId, String passcode) {
      this.accountId = accountId;
      this.passcode = passcode;
      return this;
    }

    /** None by default. */
    public Builder faults(Faults faults) {
      this.faults = faults;
      return this;
    }

    /** Calls at once that the upload API takes; 15 by default. */
    public Builder maxConcurrency(int calls) {
      this.maxConcurrency = calls;
      return this;
    }

    /** 100 by default. */
    public Builder maxEventProperties(int properties) {
      this.maxEventProperties = properties;
      return this;
    }

    /** Names of events that are refused with 528; none by default. */
    public Builder discardedEvents(Set<String> names) {
      this.discardedEvents = names;
      return this;
    }

    /** Who may make a segment, by e-mail address; anybody by default. */
    public Builder admins(Set<String> emails) {
      this.admins = emails;
      return this;
    }

    /** Names of segments that can be replaced from the start; none by default. */
    public Builder existingSegments(Set<String> names) {
      this.existingSegments = names;
      return this;
    }

    /** What the URLs of custom lists expire by; the system's clock by default. */
    public Builder clock(InstantSource clock) {
      this.clock = clock;
      return this;
    }

    /** The file in which accepted requests are recorded; not recorded by default. */
    public Builder requestLog(Path file) {
      this.requestLog = file;
      return this;
    }

    /** Who is told of each accepted record; nobody by default. */
    public Builder recorder(Recorder recorder) {
      this.recorder = recorder;
      return this;
    }

    /**
     * Makes the options.
     *
     * @throws IllegalArgumentException when a number is out of range
     */
    public StandInOptions build() {
      return new StandInOptions(
          port,
          accountId,
          passcode,
          faults,
          maxConcurrency,
          maxEventProperties,
          discardedEvents,
          admins,
          existingSegments,
          clock,
          requestLog,
          recorder);
    }
  }
}
