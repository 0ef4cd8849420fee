package ai.pathbound.sandbox.store;

import java.util.Optional;

/// An event with the contact it belongs to now.
public record EventRow(Change change, Optional<String> owner) {}
