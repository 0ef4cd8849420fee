package ai.pathbound.sandbox.store;

/// Another entity of the tenant already has this e-mail or domain.
public final class DuplicateKeyRefusal extends RuntimeException {
    DuplicateKeyRefusal(Throwable cause) {
        super("already exists", cause);
    }
}
