package ai.pathbound.sandbox.store;

import java.time.Instant;
import java.util.Optional;

/// The few columns of an event that statistics need.
public record EventFact(String name,
        Instant at,
        Optional<String> owner,
        Optional<String> visitor,
        Optional<String> url,
        boolean bot) {}
