package ai.pathbound.mcp.backend;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/// What looking for the entity of a create came to.
sealed interface Sighting {
    /// How far the backend's clock may differ from ours.
    Duration SKEW = Duration.ofMinutes(1);

    /// The entity as we wanted it, and no older than our request: it is what we wrote.
    record Ours(JsonNode entity) implements Sighting {}

    /// An entity with the same e-mail address or domain that we did not write.
    record InTheWay(String id) implements Sighting {}

    /// No such entity.
    record Absent() implements Sighting {}

    /// Looking failed or is not possible.
    record Blind() implements Sighting {}

    /// Searches the list a look-up brought.
    ///
    /// @param began when the write was first sent
    static Sighting in(RestAnswer answer, Write write, Instant began) {
        return switch (write) {
            case Write.CreateContact create -> keyed(
                    answer.body().path("contacts"),
                    "email",
                    create.body().path("email").asString(""),
                    write,
                    began);
            case Write.UpdateContact update -> keyed(
                    answer.body().path("contacts"),
                    "email",
                    update.body().path("properties").path("email").asString(""),
                    write,
                    began);
            case Write.CreateCompany create -> keyed(
                    answer.body().path("companies"),
                    "domain",
                    create.body().path("domain").asString(""),
                    write,
                    began);
            case Write.UpdateCompany update -> keyed(
                    answer.body().path("companies"),
                    "domain",
                    update.body().path("properties").path("domain").asString(""),
                    write,
                    began);
            case Write.CreateNote create -> note(answer.body().path("notes"), create, began);
            case Write.UpdateNote _,Write.DeleteNote _ -> new Blind();
        };
    }

    private static Sighting keyed(JsonNode list,
            String property,
            String key,
            Write write,
            Instant began) {
        if (!list.isArray()) {
            return new Blind();
        }
        for (JsonNode entity : list) {
            JsonNode properties = entity.path("properties");
            if (properties.path(property).asString("").equalsIgnoreCase(key)) {
                return isNewerThan(began, entity) && isAsAsked(properties, write)
                        ? new Ours(entity)
                        : RestAnswers.id(write, entity)
                                .<Sighting>map(InTheWay::new)
                                .orElseGet(Blind::new);
            }
        }
        return new Absent();
    }

    private static Sighting note(JsonNode notes, Write.CreateNote create, Instant began) {
        if (!notes.isArray()) {
            return new Blind();
        }
        for (JsonNode note : notes) {
            if (note.path("content").asString("").equals(create.content())
                    && isNewerThan(began, note)) {
                return new Ours(note);
            }
        }
        return new Absent();
    }

    /// Never so for an update: it cannot have made the entity that is in its way.
    private static boolean isAsAsked(JsonNode properties, Write write) {
        JsonNode wanted = switch (write) {
            case Write.CreateContact create -> create.body().path("properties");
            case Write.CreateCompany create -> create.body().path("properties");
            case Write.UpdateContact _,Write.UpdateCompany _,Write.CreateNote _,Write.UpdateNote _,Write.DeleteNote _ ->
                NullNode.getInstance();
        };
        if (wanted.isNull()) {
            return false;
        }
        for (Map.Entry<String, JsonNode> property : wanted.properties()) {
            JsonNode value = property.getValue();
            if (!value.isNull() && !value.equals(properties.path(property.getKey()))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isNewerThan(Instant began, JsonNode entity) {
        try {
            return Optional.of(entity.path("created_at").asString(""))
                    .filter(text -> !text.isEmpty())
                    .map(Instant::parse)
                    .filter(created -> !created.isBefore(began.minus(SKEW)))
                    .isPresent();
        } catch (DateTimeException unreadable) {
            return false;
        }
    }
}
