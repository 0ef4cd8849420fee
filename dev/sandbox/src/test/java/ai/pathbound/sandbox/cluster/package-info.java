@NullMarked
package ai.pathbound.sandbox.cluster;

import org.jspecify.annotations.NullMarked;
