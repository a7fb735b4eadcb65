/** What a push of a file would do, found out without sending a row. */
@NullMarked
package io.tapline.local.check;

import org.jspecify.annotations.NullMarked;
