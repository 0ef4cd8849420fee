package ai.pathbound.projector.tables;

import ai.pathbound.projector.columns.TableView;

/// A tenant's tables at one moment.
public record TenantView(TableView contacts, TableView companies, TableView events, Joins joins) {}
