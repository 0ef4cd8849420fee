/// A stand-in Pathbound backend: REST v1, truth on disk, change feed, seeded data.
@NullMarked
package ai.pathbound.sandbox;

import org.jspecify.annotations.NullMarked;
