/**
 * The fault harness: an installation in virtual time, harmed from a seed, and what became of it.
 */
@NullMarked
package io.tapline.local.chaos;

import org.jspecify.annotations.NullMarked;
