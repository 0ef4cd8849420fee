package ai.pathbound.projector.state;

import ai.pathbound.schemas.topics.ChangeKey;
import ai.pathbound.schemas.topics.EntityKind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Keys of all rows. One tag byte names the family, then the tenant, so that a tenant's rows of a
/// family lie together and what one answer needs is one short scan.
///
///     progress   01 topic(1)
///     document   02 tenant 00 kind(1) id
///     timeline   03 tenant 00 owner(1) ownerId 00 inverted-millis(8) kind(1) id
///     link       04 tenant 00 relation(1) from 00 to
///     sweep      05 tenant 00 kind(1) id
///     checkpoint 06 tenant 00 kind(1)
///     dictionary 07 tenant 00 kind(1) column(2) first-code(4)
///     segment    08 tenant 00 kind(1) segment(8)
///     block      09 tenant 00 kind(1) segment(8) position(2)
///     dead       0A tenant 00 kind(1) segment(8)
///     dirty      0B tenant 00 kind(1) id
///     dirty ids  0C tenant 00 kind(1) offset(8)
///
/// Families 06 to 0C are a tenant's column table of a kind; the documents alone would do, but slowly.
///
/// Texts are visible ASCII ([ChangeKey] refuses anything else), so the zero byte ends them. Times are
/// inverted, so that unsigned order puts the newest entry first and times before
/// 1970 last.
@SuppressWarnings("EnumOrdinal") // Stored on purpose; the enums say so.
public final class Keys {
    /// Whose timeline an entry is on.
    public enum Owner {
        CONTACT, VISITOR
    }

    /// What a link row relates. The order is part of stored keys: append, never reorder.
    public enum Relation {
        /// e-mail address (hex of its lower-case UTF-8) → contact
        EMAIL_CONTACT,
        /// domain (hex, likewise) → company
        DOMAIN_COMPANY,
        /// company → its contacts
        COMPANY_CONTACT,
        /// visitor → contacts that claim it
        VISITOR_CONTACT,
        /// contact → its notes
        CONTACT_NOTE,
        /// contact → its conversations
        CONTACT_CONVERSATION,
        /// contact → `conversation/message`
        CONTACT_MESSAGE,
        /// company → its notes
        COMPANY_NOTE
    }

    private static final int TEXT_KEY_BYTES_MAX = 512;

    private static final byte PROGRESS = 1;
    private static final byte DOCUMENT = 2;
    private static final byte TIMELINE = 3;
    private static final byte LINK = 4;
    private static final byte SWEEP = 5;
    private static final byte CHECKPOINT = 6;
    private static final byte DICTIONARY = 7;
    private static final byte SEGMENT = 8;
    private static final byte BLOCK = 9;
    private static final byte DEAD = 10;
    private static final byte DIRTY = 11;
    private static final byte DIRTY_IDS = 12;

    private Keys() {}

    public static byte[] progress(int topicIndex) {
        return new byte[]{PROGRESS, (byte) topicIndex};
    }

    public static byte[] document(ChangeKey key) {
        return document(key.tenant(), key.kind(), key.id());
    }

    public static byte[] document(String tenant, EntityKind kind, String id) {
        return start(DOCUMENT, tenant, 1 + id.length()).put((byte) kind.ordinal())
                .put(ascii(id))
                .array();
    }

    /// Prefix of all documents of a kind.
    public static byte[] documents(String tenant, EntityKind kind) {
        return start(DOCUMENT, tenant, 1).put((byte) kind.ordinal()).array();
    }

    public static byte[] timeline(String tenant,
            Owner owner,
            String ownerId,
            long millis,
            EntityKind kind,
            String id) {
        return timelineStart(tenant, owner, ownerId, 9 + id.length())
                .putLong(inverted(millis))
                .put((byte) kind.ordinal())
                .put(ascii(id))
                .array();
    }

    /// Prefix of a whole timeline.
    public static byte[] timeline(String tenant, Owner owner, String ownerId) {
        return timelineStart(tenant, owner, ownerId, 0).array();
    }

    /// Where a timeline's entries at or before this instant begin.
    public static byte[] timelineAt(String tenant, Owner owner, String ownerId, long millis) {
        return timelineStart(tenant, owner, ownerId, 8).putLong(inverted(millis)).array();
    }

    public static byte[] link(String tenant, Relation relation, String from, String to) {
        return linkStart(tenant, relation, from, to.length()).put(ascii(to)).array();
    }

    /// Prefix of all links from one end.
    public static byte[] links(String tenant, Relation relation, String from) {
        return linkStart(tenant, relation, from, 0).array();
    }

    /// Prefix of all links of a relation.
    public static byte[] links(String tenant, Relation relation) {
        return start(LINK, tenant, 1).put((byte) relation.ordinal()).array();
    }

    public static byte[] sweep(ChangeKey key) {
        return start(SWEEP, key.tenant(), 1 + key.id().length()).put((byte) key.kind().ordinal())
                .put(ascii(key.id()))
                .array();
    }

    /// Prefix of all sweeps, of every tenant.
    public static byte[] sweeps() {
        return new byte[]{SWEEP};
    }

    /// The entity a sweep row is about.
    public static ChangeKey sweepOf(byte[] key) {
        int end = tenantEnd(key);
        return new ChangeKey(text(key, 1, end), EntityKind.values()[key[end + 1]],
                text(key, end + 2, key.length));
    }

    /// What a stored table consists of.
    public static byte[] checkpoint(String tenant, EntityKind kind) {
        return table(CHECKPOINT, tenant, kind, 0).array();
    }

    /// Prefix of all checkpoints, of every tenant.
    public static byte[] checkpoints() {
        return new byte[]{CHECKPOINT};
    }

    /// The tenant of a checkpoint row.
    public static String checkpointTenant(byte[] key) {
        return text(key, 1, tenantEnd(key));
    }

    /// The kind of the entities of a checkpoint row's table.
    public static EntityKind checkpointKind(byte[] key) {
        return EntityKind.values()[key[tenantEnd(key) + 1]];
    }

    /// A page of a column's dictionary.
    ///
    /// @param column position of the column in the checkpoint
    public static byte[] dictionary(String tenant, EntityKind kind, int column, int firstCode) {
        return table(DICTIONARY, tenant, kind, 6).putShort((short) column)
                .putInt(firstCode)
                .array();
    }

    /// Prefix of all pages of a column's dictionary.
    public static byte[] dictionary(String tenant, EntityKind kind, int column) {
        return table(DICTIONARY, tenant, kind, 2).putShort((short) column).array();
    }

    /// The first code of a dictionary page.
    public static int firstCode(byte[] key) {
        return ByteBuffer.wrap(key).getInt(key.length - 4);
    }

    /// The header of a segment.
    public static byte[] segment(String tenant, EntityKind kind, long segment) {
        return table(SEGMENT, tenant, kind, 8).putLong(segment).array();
    }

    /// Prefix of all segment headers of a table.
    public static byte[] segments(String tenant, EntityKind kind) {
        return table(SEGMENT, tenant, kind, 0).array();
    }

    /// The segment of a segment header's key.
    public static long segmentOf(byte[] key) {
        return lastLong(key);
    }

    /// A block of a segment.
    ///
    /// @param position of the column in the segment's header
    public static byte[] block(String tenant, EntityKind kind, long segment, int position) {
        return table(BLOCK, tenant, kind, 10).putLong(segment)
                .putShort((short) position)
                .array();
    }

    /// Which rows of a segment are dead.
    public static byte[] dead(String tenant, EntityKind kind, long segment) {
        return table(DEAD, tenant, kind, 8).putLong(segment).array();
    }

    /// An entity whose state the checkpoint may not have.
    public static byte[] dirty(String tenant, EntityKind kind, String id) {
        return table(DIRTY, tenant, kind, id.length()).put(ascii(id)).array();
    }

    /// Prefix of all dirty rows of a table; the rest of the key is the id.
    public static byte[] dirty(String tenant, EntityKind kind) {
        return table(DIRTY, tenant, kind, 0).array();
    }

    /// Several entities whose states the checkpoint may not have.
    ///
    /// @param offset of the last change of one of them
    public static byte[] dirtyIds(String tenant, EntityKind kind, long offset) {
        return table(DIRTY_IDS, tenant, kind, 8).putLong(offset).array();
    }

    /// Prefix of all rows of several dirty entities of a table.
    public static byte[] dirtyIds(String tenant, EntityKind kind) {
        return table(DIRTY_IDS, tenant, kind, 0).array();
    }

    /// The offset of a row of several dirty entities.
    public static long offsetOf(byte[] key) {
        return lastLong(key);
    }

    /// The text of a key after a prefix, such as the far end of a link.
    public static String rest(byte[] key, byte[] prefix) {
        return text(key, prefix.length, key.length);
    }

    /// The instant of a timeline key, given the prefix of its timeline.
    public static long timelineMillis(byte[] key, byte[] prefix) {
        return inverted(ByteBuffer.wrap(key, prefix.length, 8).getLong());
    }

    /// The kind of the entity of a timeline key.
    public static EntityKind timelineKind(byte[] key, byte[] prefix) {
        return EntityKind.values()[key[prefix.length + 8]];
    }

    /// The id of the entity of a timeline key.
    public static String timelineId(byte[] key, byte[] prefix) {
        return text(key, prefix.length + 9, key.length);
    }

    /// A free text as key part: hex of its UTF-8, or of the SHA-256 of that when it is long. No address
    /// and no domain is; a key of a megabyte would be more than Kafka takes.
    public static String hex(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return HexFormat.of()
                .formatHex(utf8.length <= TEXT_KEY_BYTES_MAX ? utf8 : sha256(utf8));
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /// Turns the order of instants around; its own inverse.
    private static long inverted(long millis) {
        return ~millis ^ Long.MIN_VALUE;
    }

    private static ByteBuffer timelineStart(String tenant, Owner owner, String ownerId, int more) {
        return start(TIMELINE, tenant, 2 + ownerId.length() + more).put((byte) owner.ordinal())
                .put(ascii(ownerId))
                .put((byte) 0);
    }

    private static ByteBuffer linkStart(String tenant, Relation relation, String from, int more) {
        return start(LINK, tenant, 2 + from.length() + more).put((byte) relation.ordinal())
                .put(ascii(from))
                .put((byte) 0);
    }

    private static ByteBuffer start(byte tag, String tenant, int more) {
        return ByteBuffer.allocate(2 + tenant.length() + more)
                .put(tag)
                .put(ascii(tenant))
                .put((byte) 0);
    }

    private static ByteBuffer table(byte tag, String tenant, EntityKind kind, int more) {
        return start(tag, tenant, 1 + more).put((byte) kind.ordinal());
    }

    private static long lastLong(byte[] key) {
        return ByteBuffer.wrap(key).getLong(key.length - Long.BYTES);
    }

    private static int tenantEnd(byte[] key) {
        int end = 1;
        while (key[end] != 0) {
            end++;
        }
        return end;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }
}
