/** Lanes, chunks, their stored form and the queue message that points to one. */
@NullMarked
package io.tapline.chunk;

import org.jspecify.annotations.NullMarked;
