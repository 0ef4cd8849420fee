package ai.pathbound.projector.answer;

import ai.pathbound.projector.columns.TableView;
import ai.pathbound.projector.query.Answer;
import ai.pathbound.projector.query.Question;
import ai.pathbound.projector.query.Question.Entity;
import ai.pathbound.projector.tables.TenantView;
import java.util.Locale;

/// What there is to ask about, and whether it has changed.
final class Outlines {
    private Outlines() {}

    /// Per kind of entity: how many there are, and the fields that can be asked for. What only some
    /// of them have, such as custom properties, is among the fields, too.
    static Answer outline(SetQuery query) {
        return new Answer.Found(JsonText.object(json -> {
            for (Entity entity : Entity.values()) {
                Fields fields = new Fields(entity, query.tables(), query.engine());
                json.object(word(entity), () -> {
                    json.number("total", fields.table().liveRows());
                    json.texts("fields", fields.names());
                });
            }
        }), query.freshness());
    }

    /// A put appends a row, and a removal takes a live one away, so no state of a table has the
    /// numbers of an earlier one.
    static Answer version(SetQuery query, Question.Version question) {
        TenantView tables = query.tables();
        StringBuilder text = new StringBuilder(tables.filling());
        for (Entity entity : Entity.values()) {
            if (question.entities().contains(entity)) {
                TableView table = new Fields(entity, tables, query.engine()).table();
                text.append('.').append(table.nextRow()).append('.').append(table.liveRows());
            }
        }
        if (question.others()) {
            text.append('.').append(tables.otherChanges());
        }
        return new Answer.Found(JsonText.object(json -> json.text("version", text.toString())),
                query.freshness());
    }

    private static String word(Entity entity) {
        return entity.name().toLowerCase(Locale.ROOT);
    }
}
