/** What a job of a benchmark runs in: stores, jobs and a CleverTap that cost next to nothing. */
@NullMarked
package io.tapline.bench.rig;

import org.jspecify.annotations.NullMarked;
