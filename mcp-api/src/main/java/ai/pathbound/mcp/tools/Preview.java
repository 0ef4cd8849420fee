package ai.pathbound.mcp.tools;

import ai.pathbound.mcp.backend.NoteOwner;
import ai.pathbound.mcp.backend.Write;
import ai.pathbound.mcp.caller.Caller;
import ai.pathbound.mcp.errors.ErrorCode;
import ai.pathbound.mcp.json.Wire;
import ai.pathbound.projector.query.Answer;
import ai.pathbound.projector.query.Freshness;
import ai.pathbound.projector.query.Question;
import ai.pathbound.projector.query.Question.CompanyFilter;
import ai.pathbound.projector.query.Question.CompanyOrder;
import ai.pathbound.projector.query.Question.CompanySort;
import ai.pathbound.projector.query.Question.ContactFilter;
import ai.pathbound.projector.query.Question.ContactOrder;
import ai.pathbound.projector.query.Question.ContactSort;
import ai.pathbound.projector.query.Question.Page;
import ai.pathbound.projector.query.Question.TimeRange;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/// Shows what a write would change, field by field, and writes nothing. The values before come from the
/// read model, so a caller needs the scope to read them.
@Component
final class Preview {
    private static final int SIMILAR_MAX = 100;
    /// The properties of what does not exist yet.
    private static final JsonNode NOTHING = MissingNode.getInstance();
    private final Reader reader;
    private final Before before;

    Preview(Reader reader, Before before) {
        this.reader = reader;
        this.before = before;
    }

    Mono<ToolResult> of(Caller caller, Write write) {
        String scope = switch (write) {
            case Write.CreateContact _,Write.UpdateContact _ -> scope(NoteOwner.CONTACT);
            case Write.CreateCompany _,Write.UpdateCompany _ -> scope(NoteOwner.COMPANY);
            case Write.CreateNote create -> scope(create.owner());
            case Write.UpdateNote update -> scope(update.owner());
            case Write.DeleteNote delete -> scope(delete.owner());
        };
        return caller.has(scope)
                ? allowed(caller.tenant(), write)
                : Mono.just(
                        ToolResult.Failure.of(
                                ErrorCode.FORBIDDEN,
                                "dry_run shows current values, which needs the scope " + scope
                                        + "."));
    }

    static String scope(NoteOwner of) {
        return switch (of) {
            case CONTACT -> ContactTools.READ;
            case COMPANY -> "companies:read";
        };
    }

    private Mono<ToolResult> allowed(String tenant, Write write) {
        return switch (write) {
            case Write.CreateContact create -> fresh(tenant, create, create.body(), Unique.EMAIL);
            case Write.CreateCompany create -> fresh(tenant, create, create.body(), Unique.DOMAIN);
            case Write.UpdateContact update ->
                before.properties(tenant, NoteOwner.CONTACT, update.contactId())
                        .map(look -> updated(look, update.body().path("properties")));
            case Write.UpdateCompany update ->
                before.properties(tenant, NoteOwner.COMPANY, update.companyId())
                        .map(look -> updated(look, update.body().path("properties")));
            case Write.CreateNote create ->
                before.properties(tenant, create.owner(), create.ownerId())
                        .map(look -> owned(look, content(create.content())));
            case Write.UpdateNote update ->
                before.note(tenant, update.owner(), update.ownerId(), update.noteId())
                        .map(look -> updated(look, content(update.content())));
            case Write.DeleteNote _ ->
                throw new IllegalArgumentException("deletes are confirmed, not previewed");
        };
    }

    /// What no two entities of a tenant may have in common.
    private enum Unique {
        EMAIL("email", "contacts", "contact_id",
                "A contact with this e-mail address exists already."), DOMAIN("domain", "companies",
                        "company_id", "A company with this domain exists already.");

        private final String field;
        private final String list;
        private final String id;
        private final String message;

        Unique(String field, String list, String id, String message) {
            this.field = field;
            this.list = list;
            this.id = id;
            this.message = message;
        }

        /// Those with the text somewhere, among them the one that has it as its own.
        private Question search(String text) {
            Page page = new Page(1, SIMILAR_MAX);
            return switch (this) {
                case EMAIL -> new Question.ListContacts(
                        new ContactFilter(Optional.empty(), Optional.empty(), Optional.empty(),
                                Optional.empty(), Optional.empty(), Optional.empty(),
                                Optional.empty(), Optional.empty(), Optional.empty(),
                                Optional.empty(), TimeRange.ALL, Optional.of(text)),
                        new ContactSort(ContactOrder.EMAIL, false), page, false, true, false);
                case DOMAIN -> new Question.ListCompanies(
                        new CompanyFilter(Optional.empty(), Optional.empty(), Optional.of(text)),
                        new CompanySort(CompanyOrder.DOMAIN, false), page, false, true, false);
            };
        }

        private Optional<String> holder(Answer.Found found, String text) {
            for (JsonNode one : Wire.MAPPER.readTree(found.json().utf8()).path(list)) {
                if (one.path(field).asString("").equalsIgnoreCase(text)) {
                    return Optional.of(one.path(id).asString(""));
                }
            }
            return Optional.empty();
        }
    }

    private Mono<ToolResult> fresh(String tenant, Write write, ObjectNode body, Unique unique) {
        String text = body.path(unique.field).asString("");
        return reader.whole(tenant, unique.search(text))
                .map(
                        answer -> answer instanceof Answer.Found found
                                ? unique.holder(found, text)
                                        .<ToolResult>map(
                                                id -> ToolResult.Failure
                                                        .of(ErrorCode.DUPLICATE, unique.message)
                                                        .with(
                                                                Map.of(
                                                                        "existing",
                                                                        Written.existing(write,
                                                                                id)))
                                                        .asOf(found.freshness()))
                                        .orElseGet(
                                                () -> shown(
                                                        created(body),
                                                        Optional.of(found.freshness())))
                                : Reader.result(answer));
    }

    private static ObjectNode created(ObjectNode body) {
        ObjectNode after = body.deepCopy();
        JsonNode properties = after.remove("properties");
        if (properties != null) {
            properties.properties().forEach(entry -> after.set(entry.getKey(), entry.getValue()));
        }
        return changes(NOTHING, after);
    }

    private ToolResult owned(Before.Look look, ObjectNode after) {
        return switch (look) {
            case Before.Look.None(ToolResult why) -> why;
            case Before.Look.Known known ->
                shown(changes(NOTHING, after), Reader.freshness(known.answer()));
            case Before.Look.Unseen unseen ->
                shown(changes(NOTHING, after), Reader.freshness(unseen.answer()));
        };
    }

    private ToolResult updated(Before.Look look, JsonNode after) {
        return switch (look) {
            case Before.Look.None(ToolResult why) -> why;
            case Before.Look.Known known ->
                shown(changes(known.value(), after), Reader.freshness(known.answer()));
            case Before.Look.Unseen unseen -> {
                ObjectNode answer = changes(NOTHING, after);
                answer.path("changes").forEach(change -> ((ObjectNode) change).remove("before"));
                yield shown(answer, Reader.freshness(unseen.answer()));
            }
        };
    }

    /// Fields that keep their value are named, not shown.
    private static ObjectNode changes(JsonNode before, JsonNode after) {
        ObjectNode answer = Wire.MAPPER.createObjectNode().put("dry_run", true);
        ArrayNode changes = answer.putArray("changes");
        ArrayNode unchanged = Wire.MAPPER.createArrayNode();
        after.properties().forEach(field -> {
            JsonNode old = before.path(field.getKey());
            JsonNode value = field.getValue();
            if (value.equals(old) || (value.isNull() && old.isMissingNode())) {
                unchanged.add(field.getKey());
                return;
            }
            ObjectNode change = changes.addObject().put("field", field.getKey());
            change.set("before", old.isMissingNode() ? change.nullNode() : old);
            change.set("after", value);
        });
        if (!unchanged.isEmpty()) {
            answer.set("unchanged", unchanged);
        }
        return answer;
    }

    private static ObjectNode content(String text) {
        return Wire.MAPPER.createObjectNode().put("content", text);
    }

    private ToolResult shown(ObjectNode answer, Optional<Freshness> freshness) {
        return new ToolResult.Success(reader.fit(answer), freshness);
    }
}
