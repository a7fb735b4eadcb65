/**
 * One machine in place of AWS: embedded S3 and SQS, an event source mapping, and the command line.
 */
@NullMarked
package io.tapline.local;

import org.jspecify.annotations.NullMarked;
