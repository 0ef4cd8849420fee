package ai.pathbound.projector.columns;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiConsumer;

/// A generated life of a table and of its model: appends, updates and kills with changing types.
public final class History {
    private static final Instant START = Instant.parse("2026-03-25T00:00:00Z");
    private static final List<String> EVENTS = List
            .of("page_view", "Page_View", "click", "form", "", "é", "page_viewer");

    public final Random random;
    public final Dictionary contacts = new Dictionary();
    public final Dictionary visitors = new Dictionary();
    public final TableSettings settings;
    public final RowModel model = new RowModel();
    private final Cells cells = new Cells();
    public Table table;
    public BiConsumer<Table, TableChanges> onPublish = (_, _) -> {
    };

    public History(long seed) {
        random = new Random(seed);
        settings = new TableSettings(1 + random.nextInt(100),
                12,
                Map.of("contact", contacts, "visitor", visitors));
        table = new Table(settings);
    }

    public void run(int steps) {
        for (int i = 0; i < steps; i++) {
            int choice = random.nextInt(10);
            if (choice < 7) {
                append();
            } else if (choice < 9 && table.view().nextRow() > 0) {
                long row = random.nextLong(table.view().nextRow());
                boolean killed = table.kill(row);
                if (killed != model.kill(row)) {
                    throw new AssertionError("kill of row " + row + " says " + killed);
                }
                if (killed && random.nextBoolean()) {
                    append();
                }
            } else {
                publish();
            }
        }
        publish();
    }

    private void publish() {
        onPublish.accept(table, table.publish());
    }

    /// The same as a map, in an object that serves all rows.
    private Cells cells(Map<String, Value> row) {
        cells.clear();
        row.forEach(cells::put);
        return cells;
    }

    private void append() {
        Map<String, Value> row = row();
        long number = switch (model.rows().size() % 3) {
            case 0 -> table.append(row);
            case 1 -> table.append(cells(row));
            default -> table.append(table.lookahead().row(cells(row)));
        };
        Map<String, Value> kept = new HashMap<>();
        row.forEach((name, value) -> kept.put(name, value.canonical()));
        model.append(number, kept);
    }

    private Map<String, Value> row() {
        Map<String, Value> row = new HashMap<>();
        put(row, "event", Value.text(EVENTS.get(random.nextInt(EVENTS.size()))), 95);
        put(row, "at", Value.time(START.plusMillis(random.nextLong(8 * 86_400_000L))), 95);
        put(row, "url", Value.text(url(random.nextInt(300))), 80);
        put(row, "mixed", mixed(), 70);
        put(row, "amount", number(), 50);
        put(row, "bot", Value.bool(random.nextBoolean()), 60);
        put(row, "contact", Value.text("ct_" + random.nextInt(30)), 40);
        put(row, "visitor", Value.text("v_" + random.nextInt(60)), 70);
        put(row, "segments", segments(), 30);
        put(row, "big", Value.number((1L << 53) + random.nextInt(3)), 20);
        put(row, "rare", Value.number(7), 2);
        put(row, "always", Value.text("same"), 100);
        return row;
    }

    private void put(Map<String, Value> row, String name, Value value, int percent) {
        if (random.nextInt(100) < percent) {
            row.put(name, value);
        }
    }

    private String url(int page) {
        return switch (random.nextInt(12)) {
            case 0 -> "HTTPS://x.test/" + page;
            case 1 -> "https://x.test/Caf" + (random.nextBoolean() ? 'é' : 'É') + page;
            default -> "https://x.test/" + page;
        };
    }

    private Value number() {
        return switch (random.nextInt(6)) {
            case 0 -> Value.number(random.nextInt(8) * 0.25);
            case 1 -> Value.number(-random.nextInt(1000));
            default -> Value.number(random.nextInt(20));
        };
    }

    private Value mixed() {
        return switch (random.nextInt(6)) {
            case 0 -> Value.text("5");
            case 1 -> Value.number(5);
            case 2 -> Value.number(2.5);
            case 3 -> Value.bool(true);
            case 4 -> Value.time(START.plusSeconds(random.nextInt(3)));
            default -> Value.json("[\"a\",5]");
        };
    }

    private Value segments() {
        StringBuilder json = new StringBuilder("[");
        for (String name : List.of("a", "b", "c")) {
            if (random.nextBoolean()) {
                json.append(json.length() == 1 ? "" : ",").append('"').append(name).append('"');
            }
        }
        return Value.json(json.append(']').toString());
    }
}
