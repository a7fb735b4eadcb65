package io.tapline.local.check;

/**
 * The calls to CleverTap that a push would make if none had to be repeated.
 *
 * @param lanes how many are made at once
 * @param chunks stretches of rows that go out together, those without a good row included
 * @param total all calls; of a custom list the three that make a segment
 * @param oneAfterAnother how many of them have to wait for each other: those of the fullest lane
 * @param listBytes the size of a custom list's file; 0 for all else
 */
public record Calls(int lanes, long chunks, long total, long oneAfterAnother, long listBytes) {

  /** No call at all. */
  static final Calls NONE = new Calls(0, 0, 0, 0, 0);
}
