package ai.pathbound.mcp.nodes;

import ai.pathbound.projector.routing.NodeAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// This process among other nodes.
///
/// @param role what this process is for
/// @param address `host:port` where the others reach it; the port is also listened on. Empty for a
///     process that is alone or a front
/// @param bind address of the interface to listen on
/// @param secret shared by all nodes
/// @param peers `host:port` of nodes a front learns the others from
/// @param staleAtMost how far behind a standby may be that answers for its owner
/// @param standbyAfter how long the owner may take to answer about named entities before a standby is
///     asked, too
/// @param setsStandbyAfter the same for questions about sets
/// @param connections connections to each node at most
/// @param sslBundle name of the bundle for TLS; empty for none
@ConfigurationProperties("pathbound.nodes")
public record NodeSettings(Role role,
        String address,
        String bind,
        String secret,
        List<String> peers,
        Duration staleAtMost,
        Duration standbyAfter,
        Duration setsStandbyAfter,
        int connections,
        String sslBundle) {
    private static final int SECRET_BYTES_MIN = 32;

    public NodeSettings {
        peers = List.copyOf(peers);
        peers.forEach(NodeAddress::parse);
        if (role == Role.PROJECTOR && address.isEmpty()) {
            throw new IllegalArgumentException("pathbound.nodes.address must be set for a node that"
                    + " only projects: nobody could ask it");
        }
        if (role == Role.FRONT && (peers.isEmpty() || !address.isEmpty())) {
            throw new IllegalArgumentException("a front needs pathbound.nodes.peers, and no"
                    + " pathbound.nodes.address");
        }
        boolean alone = address.isEmpty() && role == Role.ALL;
        if (!alone && secret.getBytes(StandardCharsets.UTF_8).length < SECRET_BYTES_MIN) {
            throw new IllegalArgumentException("pathbound.nodes.secret must have at least "
                    + SECRET_BYTES_MIN + " bytes where there are several nodes");
        }
        if (!address.isEmpty()) {
            NodeAddress.parse(address);
        }
        if (staleAtMost.isNegative() || standbyAfter.isNegative()
                || setsStandbyAfter.isNegative()) {
            throw new IllegalArgumentException("pathbound.nodes.stale-at-most, standby-after and"
                    + " sets-standby-after must not be negative");
        }
        if (connections < 1) {
            throw new IllegalArgumentException(
                    "pathbound.nodes.connections must be at least 1: " + connections);
        }
    }

    /// Where the others reach this process, if they do.
    public Optional<NodeAddress> advertised() {
        return address.isEmpty() ? Optional.empty() : Optional.of(NodeAddress.parse(address));
    }

    /// Whether there may be other nodes.
    public boolean isOneOfSeveral() {
        return role == Role.FRONT || !address.isEmpty();
    }

    /// Without the secret.
    @Override
    public String toString() {
        return "NodeSettings[role=" + role + ", address=" + address + ", peers=" + peers + "]";
    }
}
