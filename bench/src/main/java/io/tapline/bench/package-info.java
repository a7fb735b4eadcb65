/** The benchmarks: what is measured, and the page that tells it. */
@NullMarked
package io.tapline.bench;

import org.jspecify.annotations.NullMarked;
