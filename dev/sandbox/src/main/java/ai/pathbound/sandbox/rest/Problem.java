package ai.pathbound.sandbox.rest;

/// One detail of an error answer.
record Problem(String field, String message) {}
