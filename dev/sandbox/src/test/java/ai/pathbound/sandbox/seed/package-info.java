/// Tests of the generated data.
@NullMarked
package ai.pathbound.sandbox.seed;

import org.jspecify.annotations.NullMarked;
