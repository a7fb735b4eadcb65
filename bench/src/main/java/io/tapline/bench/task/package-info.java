/** What is measured in JVMs of its own. */
@NullMarked
package io.tapline.bench.task;

import org.jspecify.annotations.NullMarked;
