/** Cold starts of the functions, beside those of handlers that do nothing but make their calls. */
@NullMarked
package io.tapline.bench.cold;

import org.jspecify.annotations.NullMarked;
