package ai.pathbound.projector.tables;

import ai.pathbound.schemas.topics.EntityKind;

/// What a stored table is called.
record TableName(String tenant, EntityKind kind) {}
