package ai.pathbound.schemas.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.pathbound.schemas.change.Company;
import ai.pathbound.schemas.change.CompanyChange;
import ai.pathbound.schemas.change.CompanyNote;
import ai.pathbound.schemas.change.Contact;
import ai.pathbound.schemas.change.ContactChange;
import ai.pathbound.schemas.change.ContactNote;
import ai.pathbound.schemas.change.Conversation;
import ai.pathbound.schemas.change.DeadLetter;
import ai.pathbound.schemas.change.DeadLetterReason;
import ai.pathbound.schemas.change.Deleted;
import ai.pathbound.schemas.change.Event;
import ai.pathbound.schemas.change.EventChange;
import ai.pathbound.schemas.change.FirstTouch;
import ai.pathbound.schemas.change.Message;
import ai.pathbound.schemas.change.PropertySource;
import ai.pathbound.schemas.change.PropertyValue;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ChangeCodecTest {
    private static final Instant AT = Instant.parse("2026-06-02T10:15:00.123Z");

    @BeforeAll
    static void load() {
        ChangeCodec.load();
    }

    static Stream<SpecificRecord> contactBodies() {
        return Stream.of(
                Contact.newBuilder()
                        .setProperties(everyType())
                        .setCompanyId("co_1")
                        .setVisitorIds(List.of("vis_1", "vis_2"))
                        .setSegmentIds(List.of("seg_1"))
                        .setCreationSource("manual")
                        .setFirstTouch(
                                FirstTouch.newBuilder()
                                        .setReferrer("https://x.test/")
                                        .setUtms(Map.of("utm_source", "x"))
                                        .build())
                        .setEnrichedAt(AT)
                        .setFirstSeenAt(AT)
                        .setCreatedAt(AT)
                        .setUpdatedAt(AT)
                        .build(),
                ContactNote.newBuilder()
                        .setContactId("ct_1")
                        .setContent("Asked for SSO – größer 😀")
                        .setCreatedAt(AT)
                        .setUpdatedAt(AT)
                        .build(),
                Conversation.newBuilder()
                        .setContactId("ct_1")
                        .setChannel("gmail")
                        .setTags(List.of("vip"))
                        .setStartedAt(AT)
                        .setLastMessageAt(AT)
                        .build(),
                Message.newBuilder()
                        .setConversationId("conv_1")
                        .setContactId("ct_1")
                        .setChannel("gmail")
                        .setDirection("inbound")
                        .setSender("ana@acme.test")
                        .setBody("")
                        .setSentAt(AT)
                        .build(),
                new Deleted());
    }

    static Stream<SpecificRecord> companyBodies() {
        return Stream.of(
                Company.newBuilder()
                        .setProperties(everyType())
                        .setCreatedAt(AT)
                        .setUpdatedAt(AT)
                        .build(),
                CompanyNote.newBuilder()
                        .setCompanyId("co_1")
                        .setContent("Renewal in May")
                        .setAuthorId("usr_1")
                        .setCreatedAt(AT)
                        .setUpdatedAt(AT)
                        .build(),
                new Deleted());
    }

    static Stream<SpecificRecord> eventBodies() {
        return Stream.of(
                Event.newBuilder()
                        .setName("page_view")
                        .setTimestamp(AT)
                        .setVisitorId("vis_1")
                        .setIsBot(true)
                        .setData(everyType())
                        .build(),
                new Deleted());
    }

    @ParameterizedTest
    @MethodSource("contactBodies")
    void contactChangesComeBackEqual(SpecificRecord body) throws Exception {
        var change = ContactChange.newBuilder()
                .setChangeId("c")
                .setTenantId("acme")
                .setEntityId("id")
                .setVersion(Long.MAX_VALUE)
                .setOccurredAt(AT)
                .setSource("api")
                .setProvenance(Map.of("email", new PropertySource("form", AT)))
                .setBody(body)
                .build();
        assertThat(ChangeCodec.CONTACT.decode(ChangeCodec.CONTACT.encode(change)))
                .isEqualTo(change);
    }

    @ParameterizedTest
    @MethodSource("companyBodies")
    void companyChangesComeBackEqual(SpecificRecord body) throws Exception {
        var change = CompanyChange.newBuilder()
                .setChangeId("c")
                .setTenantId("acme")
                .setEntityId("id")
                .setVersion(1)
                .setOccurredAt(AT)
                .setSource("api")
                .setBody(body)
                .build();
        assertThat(ChangeCodec.COMPANY.decode(ChangeCodec.COMPANY.encode(change)))
                .isEqualTo(change);
    }

    @ParameterizedTest
    @MethodSource("eventBodies")
    void eventChangesComeBackEqual(SpecificRecord body) throws Exception {
        var change = event(body);
        assertThat(ChangeCodec.EVENT.decode(ChangeCodec.EVENT.encode(change))).isEqualTo(change);
    }

    @Test
    void deadLettersComeBackEqual() throws Exception {
        var letter = DeadLetter.newBuilder()
                .setTopic("t")
                .setPartition(3)
                .setOffset(1L << 40)
                .setReason(DeadLetterReason.WRONG_PARTITION)
                .setMessage("acme belongs to 1")
                .setFailedAt(AT)
                .setKey(ByteBuffer.wrap(new byte[]{0, -1}))
                .build();
        assertThat(ChangeCodec.DEAD_LETTER.decode(ChangeCodec.DEAD_LETTER.encode(letter)))
                .isEqualTo(letter);
    }

    @Test
    void propertiesKeepTheirJsonType() throws Exception {
        var change = event(eventBodies().findFirst().orElseThrow());
        var back = ChangeCodec.EVENT.decode(ChangeCodec.EVENT.encode(change));
        assertThat(((Event) back.getBody()).getData()).isEqualTo(everyType())
                .hasEntrySatisfying("long", v -> assertThat(v.getValue()).isInstanceOf(Long.class))
                .hasEntrySatisfying(
                        "double",
                        v -> assertThat(v.getValue()).isInstanceOf(Double.class))
                .hasEntrySatisfying("null", v -> assertThat(v.getValue()).isNull());
    }

    @Test
    void bytesOfAnotherRecordTypeAreRefused() {
        byte[] event = ChangeCodec.EVENT.encode(event(new Deleted()));
        assertThatExceptionOfType(UnreadableChangeException.class)
                .isThrownBy(() -> ChangeCodec.CONTACT.decode(event))
                .withMessageContaining("unknown schema");
    }

    @Test
    void bytesAfterTheRecordAreRefused() {
        byte[] event = ChangeCodec.EVENT.encode(event(new Deleted()));
        assertThatExceptionOfType(UnreadableChangeException.class)
                .isThrownBy(() -> ChangeCodec.EVENT.decode(Arrays.copyOf(event, event.length + 1)))
                .withMessageContaining("after the end");
    }

    @Test
    void foreignBytesAreRefused() {
        assertThatExceptionOfType(UnreadableChangeException.class)
                .isThrownBy(
                        () -> ChangeCodec.EVENT.decode("{}".getBytes(StandardCharsets.UTF_8)))
                .withMessage("not Avro single-object encoding (2 bytes)");
    }

    private static EventChange event(SpecificRecord body) {
        return EventChange.newBuilder()
                .setChangeId("c")
                .setTenantId("acme")
                .setEntityId("evt_1")
                .setVersion(1)
                .setOccurredAt(AT)
                .setSource("tracker")
                .setBody(body)
                .build();
    }

    private static Map<String, PropertyValue> everyType() {
        Map<String, PropertyValue> values = new LinkedHashMap<>();
        values.put("null", value(null));
        values.put("boolean", value(true));
        values.put("long", value(Long.MIN_VALUE));
        values.put("double", value(5.0));
        values.put("string", value("5"));
        values.put("list", value(List.of(value("a"), value(null), value(List.of()))));
        values.put("object", value(Map.of("inner", value(Map.of("deep", value(1L))))));
        return values;
    }

    private static PropertyValue value(@Nullable Object value) {
        return new PropertyValue(value);
    }
}
