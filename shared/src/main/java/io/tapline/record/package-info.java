/** Row to record or rejection: columns, their types, and one mapper per operation. */
@NullMarked
package io.tapline.record;

import org.jspecify.annotations.NullMarked;
