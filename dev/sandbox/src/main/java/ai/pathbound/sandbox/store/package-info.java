/// The truth on disk: entities and the outbox, written in one transaction.
@NullMarked
package ai.pathbound.sandbox.store;

import org.jspecify.annotations.NullMarked;
