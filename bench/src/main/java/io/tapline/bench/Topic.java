package io.tapline.bench;

import java.util.Locale;

/** What can be measured, in the order of the page. */
enum Topic {
  STAGING {
    @Override
    Measurement measurement() {
      return new StagingMeasurement();
    }
  },
  MAPPING {
    @Override
    Measurement measurement() {
      return new MappingMeasurement();
    }
  },
  BASELINE {
    @Override
    Measurement measurement() {
      return new BaselineMeasurement();
    }
  },
  PUSH {
    @Override
    Measurement measurement() {
      return new WholeWayMeasurement();
    }
  },
  WORKER {
    @Override
    Measurement measurement() {
      return new WorkerMeasurement();
    }
  },
  /** Needs the functions' jars. */
  COLD {
    @Override
    Measurement measurement() {
      return new ColdMeasurement();
    }
  },
  MEMORY {
    @Override
    Measurement measurement() {
      return new MemoryMeasurement();
    }
  },
  GROWTH {
    @Override
    Measurement measurement() {
      return new GrowthMeasurement();
    }
  },
  REQUESTS {
    @Override
    Measurement measurement() {
      return new RequestsMeasurement();
    }
  },
  /** Needs a folder for recordings. */
  PROFILE {
    @Override
    Measurement measurement() {
      return new ProfileMeasurement();
    }
  };

  /** A new measurement of it. */
  abstract Measurement measurement();

  /** As the page and the command line call it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
