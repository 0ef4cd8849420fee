package ai.pathbound.projector.tables;

import ai.pathbound.projector.columns.ColumnId;
import ai.pathbound.projector.columns.DamagedException;
import ai.pathbound.projector.columns.Dictionary;
import ai.pathbound.projector.columns.Part;
import ai.pathbound.projector.columns.TableView;
import ai.pathbound.projector.columns.block.CodeBlock;
import java.util.Arrays;

/// Which live row holds an entity, by the code of its id.
///
/// Where every id was new, rows and codes go up together: such a page of codes is one number. The
/// first entity of it that changes makes it an array.
final class RowNumbersById {
    private static final long NONE = -1;
    private static final int PAGE_BITS = 12;
    private static final int PAGE = 1 << PAGE_BITS;

    private final Dictionary ids;
    private Page[] pages = new Page[0];

    RowNumbersById(Dictionary ids) {
        this.ids = ids;
    }

    private static final class Page {
        /// Rows as unsigned numbers, one more each; 0 is none. Empty while all follow from the first.
        private int[] rows = new int[0];
        private long firstRow;
        private int followers;

        long at(int index) {
            if (rows.length != 0) {
                return Integer.toUnsignedLong(rows[index]) - 1;
            }
            return index < followers ? firstRow + index : NONE;
        }

        void set(int index, long row) {
            if (rows.length == 0 && index == followers && row >= 0
                    && (index == 0 || row == firstRow + index)) {
                firstRow = index == 0 ? row : firstRow;
                followers++;
                return;
            }
            if (rows.length == 0) {
                int[] all = new int[PAGE];
                for (int i = 0; i < followers; i++) {
                    all[i] = stored(firstRow + i);
                }
                rows = all;
            }
            rows[index] = stored(row);
        }

        private static int stored(long row) {
            if (row + 1 >= 1L << 32) {
                throw new IllegalStateException(
                        "row " + row + " is beyond what a table can number");
            }
            return (int) (row + 1);
        }
    }

    /// The row of the id, or -1.
    long find(String id) {
        int code = ids.find(id);
        return code == 0 ? NONE : at(code);
    }

    /// The code of the id, which gets one if it has none.
    int codeOf(String id) {
        return ids.add(id);
    }

    /// The row of the id of a code, or -1.
    long at(int code) {
        int page = (code - 1) >> PAGE_BITS;
        return page < pages.length ? pages[page].at((code - 1) & (PAGE - 1)) : NONE;
    }

    void put(String id, long row) {
        put(ids.add(id), row);
    }

    /// The live rows of a table opened from storage.
    ///
    /// @throws DamagedException if a row has no id, or two rows have the same
    void putAll(TableView view, ColumnId idColumn) {
        for (Part part : view.parts()) {
            if (!(part.block(idColumn) instanceof CodeBlock codes)) {
                throw new DamagedException("rows without " + idColumn);
            }
            for (int i = 0; i < part.rows(); i++) {
                if (!part.dead().isDead(i)) {
                    int code = codes.code(i);
                    if (code == 0 || at(code) != NONE) {
                        throw new DamagedException("row " + part.rowNumber(i) + " has the id code "
                                + code + ", none or not its own");
                    }
                    put(code, part.rowNumber(i));
                }
            }
        }
    }

    void put(int code, long row) {
        int page = (code - 1) >> PAGE_BITS;
        if (page >= pages.length) {
            int old = pages.length;
            pages = Arrays.copyOf(pages, page + 1);
            for (int added = old; added <= page; added++) {
                pages[added] = new Page();
            }
        }
        pages[page].set((code - 1) & (PAGE - 1), row);
    }

    /// About how much memory the pages take.
    long retainedBytes() {
        long bytes = 32;
        for (Page page : pages) {
            bytes += 60 + 4L * page.rows.length;
        }
        return bytes;
    }
}
