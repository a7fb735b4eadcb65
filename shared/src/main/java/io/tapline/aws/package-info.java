/**
 * How S3 and SQS are reached: clients, put-if-absent, ranged reading, the clock and the time
 * budget.
 */
@NullMarked
package io.tapline.aws;

import org.jspecify.annotations.NullMarked;
