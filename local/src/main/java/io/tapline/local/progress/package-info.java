/** What a person sees of work that takes its time: a bar on a terminal, else plain lines. */
@NullMarked
package io.tapline.local.progress;

import org.jspecify.annotations.NullMarked;
