package io.tapline.bench;

import java.io.IOException;

/** Something that is measured and told in a section of the page. */
interface Measurement {

  /** Measures it. */
  Section measure(Workbench bench) throws IOException, InterruptedException;
}
