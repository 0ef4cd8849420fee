/// A cluster of real processes that is harmed on purpose, under load, and must end with the right data.
@NullMarked
package ai.pathbound.sandbox.faults;

import org.jspecify.annotations.NullMarked;
