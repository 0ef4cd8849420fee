package ai.pathbound.projector.answer;

import ai.pathbound.projector.query.Answer;
import ai.pathbound.projector.query.Freshness;
import ai.pathbound.projector.query.Question;
import ai.pathbound.projector.state.Change;
import ai.pathbound.projector.state.Keys.Relation;
import ai.pathbound.schemas.topics.EntityKind;
import java.util.List;

/// Questions about one company.
final class CompanyAnswers {
    private static final int CONTACTS_SHOWN = 25;

    private final TenantData data;
    private final Freshness freshness;

    CompanyAnswers(TenantData data, Freshness freshness) {
        this.data = data;
        this.freshness = freshness;
    }

    Answer get(Question.GetCompany question) {
        String id = question.companyId();
        return data.find(EntityKind.COMPANY, id)
                .<Answer>map(
                        change -> new Answer.Found(
                                JsonText.object(json -> write(json, change)), freshness))
                .orElseGet(() -> new Answer.NotFound("company", id, freshness));
    }

    private void write(JsonText json, Change change) {
        Views views = new Views(json, data);
        String id = change.entityId();
        json.object("company", () -> views.company(change, true));
        List<Change> contacts = data.findAll(
                EntityKind.CONTACT,
                data.linked(Relation.COMPANY_CONTACT, id, CONTACTS_SHOWN));
        json.objects("contacts", contacts, contact -> views.contact(contact, false));
        json.number("contact_count", data.countLinked(Relation.COMPANY_CONTACT, id));
        Notes.write(json, views, data, EntityKind.COMPANY, id);
    }
}
