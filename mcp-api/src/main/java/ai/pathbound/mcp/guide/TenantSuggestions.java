package ai.pathbound.mcp.guide;

import ai.pathbound.mcp.caller.Caller;
import ai.pathbound.mcp.json.Wire;
import ai.pathbound.mcp.tools.TenantFacts;
import ai.pathbound.projector.query.Answer;
import ai.pathbound.projector.query.Question.Entity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/// Suggests values the tenant's data has: event names, countries, stages, fields, contacts. Knows an
/// argument by its name. Callers without the scope to read a value are suggested none.
@Component
final class TenantSuggestions implements Suggestions {
    private final TenantFacts facts;

    TenantSuggestions(TenantFacts facts) {
        this.facts = facts;
    }

    @Override
    public Optional<Mono<List<String>>> suggest(Caller caller, Wanted wanted) {
        String typed = wanted.typed();
        List<String> readable = AccountShelf.readable(caller);
        return switch (wanted.argument()) {
            case "entity" -> Optional.of(Mono.just(fitting(readable.stream(), typed)));
            case "days" ->
                Optional.of(Mono.just(fitting(Stream.of("7", "30", "90", "365"), typed)));
            case "event_type" -> read(
                    readable.contains("events"),
                    facts.eventTypes(caller.tenant()),
                    json -> fitting(texts(json.path("event_types"), "/event"), typed));
            case "lifecycle_stage" -> values(caller, "lifecyclestage", typed);
            case "country" -> values(caller, "country", typed);
            case "contact_id" -> read(
                    readable.contains("contacts"),
                    facts.people(caller.tenant(), typed),
                    json -> texts(json.path("contacts"), "/contact_id").toList());
            case "field" -> read(
                    !readable.isEmpty(),
                    facts.outline(caller.tenant()),
                    json -> fitting(fields(caller, json, wanted), typed));
            default -> Optional.empty();
        };
    }

    private Optional<Mono<List<String>>> values(Caller caller, String field, String typed) {
        return read(
                AccountShelf.readable(caller).contains("contacts"),
                facts.values(caller.tenant(), Entity.CONTACTS, field, typed),
                json -> fitting(texts(json.path("groups"), "/key/" + field), typed));
    }

    private static Stream<String> fields(Caller caller, JsonNode outline, Wanted wanted) {
        String entity = wanted.others().getOrDefault("entity", "");
        return AccountShelf.readable(caller)
                .stream()
                .filter(word -> entity.isEmpty() || word.equals(entity))
                .flatMap(word -> AccountShelf.fields(caller, outline, word).stream())
                .distinct();
    }

    private static Optional<Mono<List<String>>> read(boolean allowed,
            Mono<Answer> answer,
            Function<JsonNode, List<String>> values) {
        return Optional.of(
                allowed
                        ? answer.map(
                                given -> given instanceof Answer.Found found
                                        ? values.apply(
                                                Wire.MAPPER.readTree(found.json().utf8()))
                                        : List.<String>of())
                        : Mono.just(List.of()));
    }

    private static Stream<String> texts(JsonNode items, String path) {
        return items.valueStream()
                .map(item -> path.isEmpty() ? item : item.at(path))
                .filter(JsonNode::isString)
                .map(JsonNode::stringValue);
    }

    /// Those that begin with what is typed, then those that have it somewhere.
    private static List<String> fitting(Stream<String> values, String typed) {
        String part = typed.toLowerCase(Locale.ROOT);
        List<String> begin = new ArrayList<>();
        List<String> contain = new ArrayList<>();
        values.forEach(value -> {
            String lower = value.toLowerCase(Locale.ROOT);
            if (lower.startsWith(part)) {
                begin.add(value);
            } else if (lower.contains(part)) {
                contain.add(value);
            }
        });
        begin.addAll(contain);
        return begin;
    }
}
