/// Tests of the stand-in backend as a whole.
@NullMarked
package ai.pathbound.sandbox;

import org.jspecify.annotations.NullMarked;
