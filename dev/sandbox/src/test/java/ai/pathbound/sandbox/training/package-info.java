@NullMarked
package ai.pathbound.sandbox.training;

import org.jspecify.annotations.NullMarked;
