@NullMarked
package ai.pathbound.sandbox.demo;

import org.jspecify.annotations.NullMarked;
