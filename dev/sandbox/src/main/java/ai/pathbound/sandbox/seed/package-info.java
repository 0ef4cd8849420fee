/// Generated B2B data, the same for the same seed.
@NullMarked
package ai.pathbound.sandbox.seed;

import org.jspecify.annotations.NullMarked;
