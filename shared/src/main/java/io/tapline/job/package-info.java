/** The life of an export: staging, release, push, finish. */
@NullMarked
package io.tapline.job;

import org.jspecify.annotations.NullMarked;
