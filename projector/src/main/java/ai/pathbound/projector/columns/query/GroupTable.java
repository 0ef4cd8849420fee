package ai.pathbound.projector.columns.query;

import ai.pathbound.projector.columns.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Groups found so far with their accumulators. Keys mean the same in every part of a table, so tables
/// of different parts add up.
final class GroupTable {
    /// About half a gigabyte of keys and counts; more is no answer a person reads.
    private static final int GROUPS_MAX = 1 << 23;

    private final GroupShape shape;
    private final LongTuples keys;
    private final long[] tuple;
    private long[] counts = new long[16];
    private int[] byCode = new int[0];
    private boolean isByCodeShared;
    private boolean isOver;
    /// Rows counted by text code as the single key, of which groups are yet to be made.
    private int[] unsettled = new int[0];
    private long unsettledRows;
    private final List<Numbers> numbers = new ArrayList<>();
    private final List<Distinct> distincts = new ArrayList<>();

    GroupTable(GroupShape shape) {
        this(shape, new LongTuples(shape.keys().size() + 1));
        shape.numbers().forEach(_ -> numbers.add(new Numbers()));
        shape.distincts().forEach(_ -> distincts.add(new Distinct(shape.thresholds())));
    }

    private GroupTable(GroupShape shape, LongTuples keys) {
        this.shape = shape;
        this.keys = keys;
        this.tuple = new long[shape.keys().size() + 1];
    }

    /// A table with the groups of this one, to add to; nobody may change this one any more. What is
    /// large is copied only when it changes.
    GroupTable over() {
        GroupTable over = new GroupTable(shape, keys.over());
        over.counts = counts.clone();
        over.byCode = byCode;
        over.isByCodeShared = true;
        over.isOver = true;
        numbers.forEach(some -> over.numbers.add(some.copy()));
        distincts.forEach(some -> over.distincts.add(some.over()));
        return over;
    }

    int groups() {
        return keys.size();
    }

    long count(int group) {
        return counts[group];
    }

    /// Rows of all groups.
    long countAll() {
        long all = 0;
        for (int group = 0; group < groups(); group++) {
            all += counts[group];
        }
        return all;
    }

    Numbers numbers(int index) {
        return numbers.get(index);
    }

    Distinct distinct(int index) {
        return distincts.get(index);
    }

    /// 0 for missing, else the tag of the kind.
    int tag(int group, int key) {
        return (int) (keys.value(group, shape.keys().size()) >> (8 * key)) & 0xFF;
    }

    long payload(int group, int key) {
        return keys.value(group, key);
    }

    /// The group of the keys with these ids in a part.
    int groupOf(List<PartKey> partKeys, int[] ids) {
        long tags = 0;
        for (int k = 0; k < ids.length; k++) {
            tuple[k] = partKeys.get(k).payload(ids[k]);
            tags |= (long) partKeys.get(k).tag(ids[k]) << (8 * k);
        }
        tuple[ids.length] = tags;
        return idOf();
    }

    /// The group of a single key.
    int groupOf(int tag, long payload) {
        tuple[0] = payload;
        tuple[1] = tag;
        return idOf();
    }

    /// Adds a row to the group of each text code as the single key; 0 is the missing value. A table that
    /// was made over another gets a few rows more, any other one most often very many: those are counted
    /// by code first, and become groups when `settle` is called.
    void countCodes(int[] codes, int count, int codesEnd) {
        if (isOver) {
            for (int i = 0; i < count; i++) {
                addCount(groupOfCode(codes[i]), 1);
            }
            return;
        }
        if (unsettledRows + count > Integer.MAX_VALUE) {
            settle();
        }
        if (unsettled.length < codesEnd) {
            unsettled = Arrays.copyOf(unsettled, codesEnd);
        }
        int[] to = unsettled;
        for (int i = 0; i < count; i++) {
            to[codes[i]]++;
        }
        unsettledRows += count;
    }

    private int groupOfCode(int code) {
        return code < byCode.length && byCode[code] != 0
                ? byCode[code] - 1
                : groupOf(code == 0 ? 0 : Kind.TEXT.tag(), code);
    }

    /// The group of a text code as the single key; -1 if there is none. Only when all is settled.
    int findCode(int code) {
        return code < byCode.length ? byCode[code] - 1 : -1;
    }

    /// Makes groups of all that was counted; before that nobody else may see the table.
    void settle() {
        for (int code = 0; code < unsettled.length; code++) {
            if (unsettled[code] > 0) {
                addCount(groupOfCode(code), unsettled[code]);
            }
        }
        unsettled = new int[0];
        unsettledRows = 0;
    }

    private void mergeUnsettled(GroupTable other) {
        if (unsettledRows + other.unsettledRows > Integer.MAX_VALUE) {
            settle();
        }
        if (unsettled.length < other.unsettled.length) {
            unsettled = Arrays.copyOf(unsettled, other.unsettled.length);
        }
        for (int code = 0; code < other.unsettled.length; code++) {
            unsettled[code] += other.unsettled[code];
        }
        unsettledRows += other.unsettledRows;
    }

    private int idOf() {
        int group = tuple.length == 2 && hasIndex(tuple[1]) ? idOfCode() : keys.idOf(tuple);
        if (group >= counts.length) {
            if (group >= GROUPS_MAX) {
                throw new TooManyGroupsException(GROUPS_MAX);
            }
            counts = Arrays.copyOf(counts, counts.length * 2);
        }
        return group;
    }

    private static boolean hasIndex(long tag) {
        return tag == Kind.TEXT.tag() || tag == 0;
    }

    /// A single text key needs no hash: its code is an index, 0 the missing value.
    private int idOfCode() {
        int code = (int) tuple[0];
        if (code >= byCode.length) {
            byCode = Arrays.copyOf(byCode, Math.max(code + 1, byCode.length * 2));
            isByCodeShared = false;
        }
        if (byCode[code] == 0) {
            if (isByCodeShared) {
                byCode = byCode.clone();
                isByCodeShared = false;
            }
            byCode[code] = keys.append(tuple) + 1;
        }
        return byCode[code] - 1;
    }

    void addCount(int group, long rows) {
        counts[group] += rows;
    }

    /// Keeps the bound of distinct values: called when a part was added.
    void fit() {
        distincts.forEach(Distinct::fit);
    }

    /// Adds all groups of another table of the same shape, and what it has yet to make groups of.
    void merge(GroupTable other) {
        for (int from = 0; from < other.groups(); from++) {
            for (int k = 0; k < tuple.length; k++) {
                tuple[k] = other.keys.value(from, k);
            }
            mergeGroup(idOf(), other, from);
        }
        mergeUnsettled(other);
        fit();
    }

    /// Adds one group of another table to one of this.
    void mergeGroup(int group, GroupTable other, int from) {
        counts[group] += other.counts[from];
        for (int i = 0; i < numbers.size(); i++) {
            numbers.get(i).merge(group, other.numbers.get(i), from);
        }
        for (int i = 0; i < distincts.size(); i++) {
            distincts.get(i).merge(group, other.distincts.get(i), from);
        }
    }

    /// A group to merge others into.
    int anyGroup() {
        Arrays.fill(tuple, 0);
        return idOf();
    }

    long retainedBytes() {
        long bytes = 64 + keys.retainedBytes() + 8L * counts.length + 4L * byCode.length;
        for (Numbers some : numbers) {
            bytes += some.retainedBytes();
        }
        for (Distinct some : distincts) {
            bytes += some.retainedBytes();
        }
        return bytes;
    }
}
