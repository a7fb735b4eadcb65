/** The function that a queued chunk starts. */
@NullMarked
package io.tapline.worker;

import org.jspecify.annotations.NullMarked;
