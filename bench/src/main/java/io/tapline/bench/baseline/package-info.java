/** The program that a user would write without Tapline. */
@NullMarked
package io.tapline.bench.baseline;

import org.jspecify.annotations.NullMarked;
