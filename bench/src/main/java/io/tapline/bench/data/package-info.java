/** Made-up exports, deterministic and of any size. */
@NullMarked
package io.tapline.bench.data;

import org.jspecify.annotations.NullMarked;
