/// The tenants' contacts, companies and events as column tables: filled from documents, events from
/// what was stored of them, kept up by the stream thread, asked by readers.
@NullMarked
package ai.pathbound.projector.tables;

import org.jspecify.annotations.NullMarked;
