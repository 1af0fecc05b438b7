package dev.octet.plan.text;

import dev.octet.plan.graph.ChannelMap;
import dev.octet.plan.graph.ChannelMap.Segment;
import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Shape;
import dev.octet.plan.graph.TensorType;
import dev.octet.plan.internal.Cursor;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Text of a value's type: {@code u8[16,28,28] pitch 16 scale b1.relu}. A channel map that is not the identity lists its
 * segments, {@code pitch 48 lanes 0>0x20,20>32x12}: logical channel, lane, count.
 */
final class TypeText {
    private static final int MAX_SEGMENTS = 1 << 12;

    private TypeText() {}

    static String print(TensorType type) {
        return printElements(type)
                + type.storage().map(TypeText::printMap).orElse("")
                + type.scale().map(s -> " scale " + Cursor.requireName(s)).orElse("");
    }

    /** Element type and shape only. */
    static String printElements(TensorType type) {
        return type.element().text() + type.shape();
    }

    static TensorType parse(Cursor in) {
        ElementType element = in.oneOf(ElementType.values(), ElementType::text);
        Shape shape = parseShape(in);
        Optional<ChannelMap> map =
                in.accept(" pitch ") ? Optional.of(parseMap(in, shape.channels())) : Optional.empty();
        Optional<String> scale = in.accept(" scale ") ? Optional.of(in.name()) : Optional.empty();
        return new TensorType(element, shape, scale, map);
    }

    static Shape parseShape(Cursor in) {
        return new Shape(parseDims(in, 3));
    }

    /** Reads {@code [16,3,3]}. */
    static List<Integer> parseDims(Cursor in, int limit) {
        in.expect("[");
        List<Integer> dims = in.list(",", limit, () -> in.integer(1, Integer.MAX_VALUE));
        in.expect("]");
        return dims;
    }

    private static String printMap(ChannelMap map) {
        if (map.pitch() > PlanLimits.LANES || map.segments().size() > MAX_SEGMENTS) {
            throw new IllegalArgumentException("channel map is too large: pitch " + map.pitch());
        }
        return " pitch " + map.pitch() + (map.isIdentity() ? "" : printSegments(map.segments()));
    }

    private static String printSegments(List<Segment> segments) {
        return segments.stream()
                .map(s -> s.logical() + ">" + s.physical() + "x" + s.count())
                .collect(Collectors.joining(",", " lanes ", ""));
    }

    private static ChannelMap parseMap(Cursor in, int channels) {
        int pitch = in.integer(1, PlanLimits.LANES);
        if (in.accept(" lanes ")) {
            return new ChannelMap(pitch, in.list(",", MAX_SEGMENTS, () -> parseSegment(in)));
        }
        return new ChannelMap(pitch, List.of(new Segment(0, 0, Math.min(channels, PlanLimits.LANES + 1))));
    }

    private static Segment parseSegment(Cursor in) {
        int logical = in.integer(0, PlanLimits.LANES);
        in.expect(">");
        int physical = in.integer(0, PlanLimits.LANES);
        in.expect("x");
        return new Segment(logical, physical, in.integer(1, PlanLimits.LANES));
    }
}
