package ai.pathbound.sandbox.oauth;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// A person who can sign in: two in each tenant, one of them for reading only.
///
/// @param email the name to sign in with
/// @param scopes what this person may do; never more is granted, whatever a client asks for
public record DemoUser(String email,
        String password,
        String tenant,
        String firstName,
        Set<String> scopes) {
    private static final Set<String> READ = Set
            .of("contacts:read", "companies:read", "events:read");
    static final Set<String> ALL_SCOPES = Set
            .of(
                    "contacts:read",
                    "contacts:write",
                    "companies:read",
                    "companies:write",
                    "events:read");
    /// Everybody who can sign in.
    public static final List<DemoUser> ALL = List.of(
            new DemoUser("ada@acme.test", "ada-demo", "acme", "Ada", ALL_SCOPES),
            new DemoUser("bob@acme.test", "bob-demo", "acme", "Bob", READ),
            new DemoUser("gus@globex.test", "gus-demo", "globex", "Gus", ALL_SCOPES),
            new DemoUser("hal@globex.test", "hal-demo", "globex", "Hal", READ));

    public DemoUser {
        scopes = Set.copyOf(scopes);
    }

    static Optional<DemoUser> find(String email) {
        return ALL.stream().filter(user -> user.email().equalsIgnoreCase(email)).findFirst();
    }

    static Optional<DemoUser> withId(String id) {
        return ALL.stream().filter(user -> user.id().equals(id)).findFirst();
    }

    /// The id in tokens and in what this person writes.
    public String id() {
        return "usr_" + tenant + "_" + firstName.toLowerCase(Locale.ROOT);
    }

    /// Whether this one may do everything; the others read.
    public boolean mayWrite() {
        return scopes.containsAll(ALL_SCOPES);
    }

    @Override
    public String toString() {
        return email;
    }
}
