package io.tapline.bench.cold;

import java.io.IOException;

/** Makes the calls of one service. */
interface Calls {

  /** Makes a call and reads its answer to the end. */
  void make(Call call) throws IOException, InterruptedException;
}
