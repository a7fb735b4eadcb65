/** What a person and a program read when a job is over. */
@NullMarked
package io.tapline.report;

import org.jspecify.annotations.NullMarked;
