/** The function that a schedule starts. */
@NullMarked
package io.tapline.finalizer;

import org.jspecify.annotations.NullMarked;
