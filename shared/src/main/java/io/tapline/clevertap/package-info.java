/** CleverTap's HTTP API: request, reply and what to do after a call that did not go well. */
@NullMarked
package io.tapline.clevertap;

import org.jspecify.annotations.NullMarked;
