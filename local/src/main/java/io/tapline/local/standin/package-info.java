/** A CleverTap that runs on loopback: its checks, replies, limits and, on request, its faults. */
@NullMarked
package io.tapline.local.standin;

import org.jspecify.annotations.NullMarked;
