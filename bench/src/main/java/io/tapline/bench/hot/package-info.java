/** JMH benchmarks of the hot paths. */
@NullMarked
package io.tapline.bench.hot;

import org.jspecify.annotations.NullMarked;
