/** A first sync for an export: what its columns and values look like, and what that suggests. */
@NullMarked
package io.tapline.local.init;

import org.jspecify.annotations.NullMarked;
