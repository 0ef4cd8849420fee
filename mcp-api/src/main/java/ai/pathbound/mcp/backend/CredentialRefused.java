package ai.pathbound.mcp.backend;

import ai.pathbound.mcp.caller.Credential;

/// The backend no longer knows a credential; published as an event when it answers a call with 401.
public record CredentialRefused(Credential credential) {}
