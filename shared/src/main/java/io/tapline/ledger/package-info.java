/** The objects in the work bucket that say where each job stands. */
@NullMarked
package io.tapline.ledger;

import org.jspecify.annotations.NullMarked;
