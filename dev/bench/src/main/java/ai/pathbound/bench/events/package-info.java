/// Questions over the events of one large tenant, beside DuckDB.
@NullMarked
package ai.pathbound.bench.events;

import org.jspecify.annotations.NullMarked;
