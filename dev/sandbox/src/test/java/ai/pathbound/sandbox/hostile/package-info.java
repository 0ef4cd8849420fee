/// The whole server before its enemies: strangers to a tenant, and senders of garbage.
@NullMarked
package ai.pathbound.sandbox.hostile;

import org.jspecify.annotations.NullMarked;
