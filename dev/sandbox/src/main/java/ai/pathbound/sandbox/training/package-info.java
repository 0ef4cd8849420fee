/// Lets the JVM learn beforehand what a node will load, so that production nodes start in half the time.
@NullMarked
package ai.pathbound.sandbox.training;

import org.jspecify.annotations.NullMarked;
