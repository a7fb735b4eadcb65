/**
 * What to do with the exports under one prefix: a sync, its connection, and how both are loaded and
 * checked.
 */
@NullMarked
package io.tapline.sync;

import org.jspecify.annotations.NullMarked;
