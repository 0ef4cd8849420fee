/// Lists over the contacts of one large tenant.
@NullMarked
package ai.pathbound.bench.contacts;

import org.jspecify.annotations.NullMarked;
