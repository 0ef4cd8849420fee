package ai.pathbound.projector.state;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pathbound.projector.state.Keys.Owner;
import ai.pathbound.projector.state.Keys.Relation;
import ai.pathbound.schemas.topics.ChangeKey;
import ai.pathbound.schemas.topics.EntityKind;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Keys are a contract with state on disk.
class KeysTest {
    @Test
    void keys_haveTheBytesThatStateOnDiskHas() {
        assertThat(hex(Keys.progress(2))).isEqualTo("0102");
        assertThat(hex(Keys.document("a", EntityKind.EVENT, "e"))).isEqualTo("0261000665");
        assertThat(hex(Keys.timeline("a", Owner.VISITOR, "v", 1, EntityKind.EVENT, "e")))
                .isEqualTo("036100" + "017600" + "7ffffffffffffffe" + "0665");
        assertThat(hex(Keys.link("a", Relation.VISITOR_CONTACT, "v", "c")))
                .isEqualTo("046100" + "037600" + "63");
        assertThat(hex(Keys.sweep(new ChangeKey("a", EntityKind.COMPANY, "c"))))
                .isEqualTo("0561000463");
        assertThat(hex(Keys.checkpoint("a", EntityKind.EVENT))).isEqualTo("06610006");
        assertThat(hex(Keys.dictionary("a", EntityKind.EVENT, 2, 3)))
                .isEqualTo("07610006" + "0002" + "00000003");
        assertThat(hex(Keys.segment("a", EntityKind.EVENT, 5)))
                .isEqualTo("08610006" + "0000000000000005");
        assertThat(hex(Keys.block("a", EntityKind.EVENT, 5, 2)))
                .isEqualTo("09610006" + "0000000000000005" + "0002");
        assertThat(hex(Keys.dead("a", EntityKind.EVENT, 5)))
                .isEqualTo("0a610006" + "0000000000000005");
        assertThat(hex(Keys.dirty("a", EntityKind.EVENT, "e"))).isEqualTo("0b61000665");
    }

    @Test
    void enumsInKeys_keepTheirOrder() {
        assertThat(EntityKind.values()).containsExactly(
                EntityKind.CONTACT,
                EntityKind.CONTACT_NOTE,
                EntityKind.CONVERSATION,
                EntityKind.MESSAGE,
                EntityKind.COMPANY,
                EntityKind.COMPANY_NOTE,
                EntityKind.EVENT);
        assertThat(Owner.values()).containsExactly(Owner.CONTACT, Owner.VISITOR);
        assertThat(Relation.values()).containsExactly(
                Relation.EMAIL_CONTACT,
                Relation.DOMAIN_COMPANY,
                Relation.COMPANY_CONTACT,
                Relation.VISITOR_CONTACT,
                Relation.CONTACT_NOTE,
                Relation.CONTACT_CONVERSATION,
                Relation.CONTACT_MESSAGE,
                Relation.COMPANY_NOTE);
    }

    @Test
    void timeline_isNewestFirst_alsoBefore1970() {
        List<Long> newestFirst = List.of(Long.MAX_VALUE,
                1_800_000_000_000L,
                1L,
                0L,
                -1L,
                -5_000_000_000L,
                Long.MIN_VALUE);
        List<byte[]> keys = newestFirst.stream()
                .map(millis -> Keys
                        .timeline("a", Owner.CONTACT, "c", millis, EntityKind.EVENT, "e"))
                .toList();
        assertThat(keys).isSortedAccordingTo(Arrays::compareUnsigned);
        byte[] prefix = Keys.timeline("a", Owner.CONTACT, "c");
        assertThat(keys.stream().map(key -> Keys.timelineMillis(key, prefix)).toList())
                .isEqualTo(newestFirst);
    }

    @Test
    void sweep_namesItsOwner() {
        ChangeKey owner = new ChangeKey("acme", EntityKind.CONTACT, "ct_1");
        assertThat(Keys.sweepOf(Keys.sweep(owner))).isEqualTo(owner);
    }

    @Test
    void checkpoint_namesItsTenant() {
        assertThat(Keys.checkpointTenant(Keys.checkpoint("acme", EntityKind.EVENT)))
                .isEqualTo("acme");
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
