/** The function that an export starts. */
@NullMarked
package io.tapline.splitter;

import org.jspecify.annotations.NullMarked;
