package ai.pathbound.projector.columns.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pathbound.projector.columns.DamagedException;
import ai.pathbound.projector.columns.Dictionary;
import ai.pathbound.projector.columns.History;
import ai.pathbound.projector.columns.Segment;
import ai.pathbound.projector.columns.block.Block;
import ai.pathbound.projector.columns.block.CodeBlock;
import ai.pathbound.projector.columns.block.LongBlock;
import ai.pathbound.projector.columns.text.RadixPage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What every encoding has to do: give back what was put in, refuse every damaged byte and every
/// shortened array.
class CodecTest {
    private static final int ROWS = 300;

    static Stream<Block> blocks() {
        Random random = new Random(7);
        List<Block> blocks = new ArrayList<>();
        for (int distinct : new int[]{1, 2, 200, 70_000}) {
            int[] codes = random.ints(ROWS, 0, distinct).toArray();
            blocks.add(CodeBlock.of(codes, ROWS));
        }
        for (int rows : new int[]{1, 200, ROWS}) {
            blocks.add(CodeBlock.of(java.util.stream.IntStream.range(9, 9 + rows).toArray(), rows));
        }
        for (long range : new long[]{1, 100, 60_000, 1L << 31, Long.MAX_VALUE}) {
            long[] values = random.longs(ROWS, -range / 2, range - range / 2).toArray();
            blocks.add(LongBlock.of(values, ROWS));
            values[3] = LongBlock.MISSING;
            blocks.add(LongBlock.of(values, ROWS));
        }
        long[] extremes = {Long.MIN_VALUE + 1, Long.MAX_VALUE, LongBlock.MISSING, 0};
        blocks.add(LongBlock.of(extremes, extremes.length));
        long[] missing = new long[9];
        Arrays.fill(missing, LongBlock.MISSING);
        blocks.add(LongBlock.of(missing, missing.length));
        return blocks.stream();
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void block_encodedAndDecoded_isTheSame(Block block) {
        Block back = BlockCodec.decode(5, block.rows(), BlockCodec.encode(5, block));
        assertThat(cells(back)).isEqualTo(cells(block));
        assertThat(back.stats().missing()).isEqualTo(block.stats().missing());
        assertThat(back.stats().max()).isEqualTo(block.stats().max());
        assertThat(back.retainedBytes()).isEqualTo(block.retainedBytes()).isPositive();
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void block_anyByteDamaged_isRefused(Block block) {
        byte[] bytes = BlockCodec.encode(5, block);
        assertRefused(bytes, damaged -> BlockCodec.decode(5, block.rows(), damaged));
    }

    @Test
    void block_underTheWrongKey_isRefused() {
        byte[] bytes = BlockCodec.encode(5, CodeBlock.of(new int[]{1, 2}, 2));
        assertThatThrownBy(() -> BlockCodec.decode(6, 2, bytes))
                .isInstanceOf(DamagedException.class);
        assertThatThrownBy(() -> BlockCodec.decode(5, 3, bytes))
                .isInstanceOf(DamagedException.class);
    }

    @Test
    void header_anyByteDamaged_isRefused() {
        History history = new History(3);
        List<Segment> sealed = new ArrayList<>();
        history.onPublish = (_, changes) -> sealed.addAll(changes.sealed());
        history.run(600);
        for (Segment segment : sealed.subList(0, 3)) {
            byte[] bytes = SegmentCodec.encode(segment);
            Segment back = SegmentCodec.decode(
                    bytes,
                    (_, _, column) -> Objects.requireNonNull(segment.block(column)));
            assertThat(SegmentCodec.encode(back)).isEqualTo(bytes);
            assertRefused(bytes, damaged -> SegmentCodec.decode(damaged, (_, _, column) -> {
                throw new IllegalStateException("no block of " + column);
            }));
        }
    }

    @Test
    void page_anyTexts_comeBackAndDamageIsRefused() {
        List<String> texts = List.of("", "a", "é€😀", "lone \uD800 surrogate", "x".repeat(300));
        byte[] bytes = DictionaryCodec.encode(new DictionaryCodec.Texts(17, texts));
        assertThat(DictionaryCodec.decode(bytes)).isEqualTo(new DictionaryCodec.Texts(17, texts));
        assertRefused(bytes, DictionaryCodec::decode);
    }

    @Test
    void packedPage_comesBackAndDamageIsRefused() {
        Dictionary ids = new Dictionary();
        Random random = new Random(7);
        while (ids.packed(1).isEmpty()) {
            ids.add("evt_" + Long.toString(random.nextLong(1L << 60), 36));
        }
        RadixPage page = ids.packed(1).orElseThrow();
        byte[] bytes = DictionaryCodec.encode(new DictionaryCodec.Packed(1, page));
        assertThat(DictionaryCodec.decode(bytes)).isInstanceOfSatisfying(
                DictionaryCodec.Packed.class,
                back -> {
                    assertThat(back.firstCode()).isEqualTo(1);
                    assertThat(back.texts())
                            .isEqualTo(ids.textsAfter(0).subList(0, back.size()));
                    assertThat(back.page().hasTextsOf(page)).isTrue();
                    assertThat(DictionaryCodec.encode(back)).isEqualTo(bytes);
                });
        assertRefused(bytes, DictionaryCodec::decode, 97);
    }

    private static List<Long> cells(Block block) {
        List<Long> cells = new ArrayList<>();
        for (int row = 0; row < block.rows(); row++) {
            cells.add(switch (block) {
                case CodeBlock codes -> (long) codes.code(row);
                case LongBlock longs -> longs.at(row);
            });
        }
        return cells;
    }

    private static void assertRefused(byte[] bytes, Consumer<byte[]> decode) {
        assertRefused(bytes, decode, 1);
    }

    /// Damages each byte that is so many after the one before.
    private static void assertRefused(byte[] bytes, Consumer<byte[]> decode, int step) {
        for (int at = 0; at < bytes.length; at += step) {
            byte[] damaged = bytes.clone();
            damaged[at] ^= (byte) (1 << (at % 8));
            assertThatThrownBy(() -> decode.accept(damaged)).as("byte %s", at)
                    .isInstanceOf(DamagedException.class);
            byte[] shortened = Arrays.copyOf(bytes, at);
            assertThatThrownBy(() -> decode.accept(shortened)).isInstanceOf(DamagedException.class);
        }
    }
}
