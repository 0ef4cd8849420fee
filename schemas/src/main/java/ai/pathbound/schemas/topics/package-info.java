/// Topics, record keys and the rule that puts a tenant into one partition.
@NullMarked
package ai.pathbound.schemas.topics;

import org.jspecify.annotations.NullMarked;
