package ai.pathbound.projector.tables;

import ai.pathbound.projector.columns.ColumnId;
import ai.pathbound.projector.columns.DamagedException;
import ai.pathbound.projector.columns.Dictionary;
import ai.pathbound.projector.columns.Kind;
import ai.pathbound.projector.columns.Part;
import ai.pathbound.projector.columns.TableView;
import ai.pathbound.projector.columns.block.CodeBlock;
import ai.pathbound.projector.columns.block.LongBlock;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What contacts say of companies and visitors, as cells of their table and back: tables opened from the
/// store make the joins of it, without a document.
final class StoredJoins {
    private static final ColumnId ID = text(ColumnNames.CONTACT_ID);
    private static final ColumnId COMPANY = text(ColumnNames.NAMED_COMPANY);
    private static final ColumnId FIRST = text(ColumnNames.CLAIM);
    private static final ColumnId SECOND = text(ColumnNames.SECOND_CLAIM);
    private static final ColumnId MORE = new ColumnId(ColumnNames.MORE_CLAIMS, Kind.JSON);
    private static final ColumnId CREATED = new ColumnId(ColumnNames.CREATED_AT, Kind.TIME);
    private static final ColumnId MILLIS = new ColumnId(ColumnNames.CREATED_MILLIS, Kind.WHOLE);

    /// Names of the columns of contacts that joins are made of.
    static final Set<String> COLUMNS = Set.of(ColumnNames.CONTACT_ID,
            ColumnNames.CREATED_AT,
            ColumnNames.NAMED_COMPANY,
            ColumnNames.CLAIM,
            ColumnNames.SECOND_CLAIM,
            ColumnNames.MORE_CLAIMS,
            ColumnNames.CREATED_MILLIS);

    private StoredJoins() {}

    private static ColumnId text(String name) {
        return new ColumnId(name, Kind.TEXT);
    }

    /// The cells.
    static void write(ColumnRow row, @Nullable String company, List<String> claimed, long created) {
        row.text(ColumnNames.NAMED_COMPANY, company);
        List<String> distinct = claimed.stream().filter(id -> !id.isEmpty()).distinct().toList();
        if (!distinct.isEmpty()) {
            row.text(ColumnNames.CLAIM, distinct.getFirst());
        }
        if (distinct.size() > 1) {
            row.text(ColumnNames.SECOND_CLAIM, distinct.get(1));
            row.list(ColumnNames.MORE_CLAIMS, distinct.subList(2, distinct.size()));
        }
        if (!row.cells().has(ColumnNames.CREATED_AT)) {
            row.whole(ColumnNames.CREATED_MILLIS, created);
        }
    }

    /// The joins of all live contacts.
    ///
    /// @throws DamagedException if a contact has no time
    static void readContacts(TableView contacts, Dictionary visitors, JoinState joins) {
        for (Part part : contacts.parts()) {
            Blocks blocks = new Blocks(part);
            Dictionary lists = contacts.dictionary(MORE);
            for (int row = 0; row < part.rows(); row++) {
                if (!part.dead().isDead(row)) {
                    joins.putContact(Blocks.code(blocks.id, row),
                            Blocks.code(blocks.company, row),
                            blocks.created(row),
                            blocks.claimed(row, lists, visitors));
                }
            }
        }
    }

    /// The companies that exist.
    static void readCompanies(TableView companies, JoinState joins) {
        for (Part part : companies.parts()) {
            CodeBlock ids = Blocks.codes(part, text(ColumnNames.COMPANY_ID));
            for (int row = 0; row < part.rows(); row++) {
                if (!part.dead().isDead(row)) {
                    joins.setCompany(Blocks.code(ids, row), true);
                }
            }
        }
    }

    /// The blocks of one part that say it, each null if no row has a value.
    private static final class Blocks {
        private final @Nullable CodeBlock id;
        private final @Nullable CodeBlock company;
        private final @Nullable CodeBlock first;
        private final @Nullable CodeBlock second;
        private final @Nullable CodeBlock more;
        private final @Nullable LongBlock created;
        private final @Nullable LongBlock millis;

        private Blocks(Part part) {
            id = codes(part, ID);
            company = codes(part, COMPANY);
            first = codes(part, FIRST);
            second = codes(part, SECOND);
            more = codes(part, MORE);
            created = longs(part, CREATED);
            millis = longs(part, MILLIS);
        }

        private static @Nullable CodeBlock codes(Part part, ColumnId column) {
            return part.block(column) instanceof CodeBlock codes ? codes : null;
        }

        private static @Nullable LongBlock longs(Part part, ColumnId column) {
            return part.block(column) instanceof LongBlock longs ? longs : null;
        }

        private static int code(@Nullable CodeBlock block, int row) {
            return block == null ? 0 : block.code(row);
        }

        private long created(int row) {
            long at = created == null ? LongBlock.MISSING : created.at(row);
            if (at == LongBlock.MISSING) {
                at = millis == null ? LongBlock.MISSING : millis.at(row);
            }
            if (at == LongBlock.MISSING) {
                throw new DamagedException("a contact without the time it was created");
            }
            return at;
        }

        private int[] claimed(int row, @Nullable Dictionary lists, Dictionary visitors) {
            int one = code(first, row);
            int two = code(second, row);
            int list = code(more, row);
            if (two == 0) {
                return one == 0 ? JoinState.NO_VISITORS : new int[]{one};
            }
            IntStream rest = list == 0 || lists == null
                    ? IntStream.empty()
                    : ColumnRow.texts(lists.text(list)).stream().mapToInt(visitors::add);
            return IntStream.concat(IntStream.of(one, two), rest).toArray();
        }
    }
}
