package ai.pathbound.projector.answer;

import ai.pathbound.projector.answer.Timeline.Place;
import ai.pathbound.schemas.topics.EntityKind;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/// Places in a timeline as the opaque texts clients hand back.
final class Cursors {
    private Cursors() {}

    static String text(Place place) {
        String plain = place.millis() + "/" + place.kind().word() + "/" + place.id();
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    /// The place a text names; empty for anything that is not a cursor of ours.
    static Optional<Place> place(String text) {
        try {
            String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            String[] parts = plain.split("/", 3);
            if (parts.length < 3) {
                return Optional.empty();
            }
            long millis = Long.parseLong(parts[0]);
            return EntityKind.ofWord(parts[1]).map(kind -> new Place(millis, kind, parts[2]));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
