package ai.pathbound.projector.routing;

import ai.pathbound.schemas.topics.TenantPartitioner;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Who has which partition, as one node knew it at one time.
///
/// @param places one per partition, in their order; empty when nothing is known yet
public record Routes(List<Place> places) {
    /// Nothing is known.
    public static final Routes UNKNOWN = new Routes(List.of());

    public Routes {
        places = List.copyOf(places);
    }

    /// Who has the tenant.
    public Place of(String tenant) {
        return places.isEmpty()
                ? Place.NOWHERE
                : places.get(TenantPartitioner.partition(tenant, places.size()));
    }

    /// All nodes that have something.
    public Set<NodeAddress> nodes() {
        return places.stream()
                .flatMap(place -> Stream.concat(place.owner().stream(), place.standbys().stream()))
                .collect(Collectors.toUnmodifiableSet());
    }

    /// Whether each partition has an owner.
    public boolean isComplete() {
        return !places.isEmpty() && places.stream().allMatch(place -> place.owner().isPresent());
    }
}
