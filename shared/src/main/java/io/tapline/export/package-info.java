/** An export, read as rows: format, compression, dialect and header. */
@NullMarked
package io.tapline.export;

import org.jspecify.annotations.NullMarked;
