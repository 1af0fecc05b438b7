package dev.octet.compiler.verify;

import dev.octet.plan.graph.ChannelMap;
import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Node;
import dev.octet.plan.graph.Op;
import dev.octet.plan.graph.Stage;
import dev.octet.plan.graph.TensorType;
import java.util.Optional;

/** A laid-out value has a layout, the one of its kind, so that no kernel changes layouts; earlier ones have none. */
final class StorageChosen implements Check {
    @Override
    public Optional<String> offence(Scope scope, Node node) {
        TensorType type = node.type();
        if (scope.stage() != Stage.LAID_OUT) {
            return Check.when(type.storage().isPresent(), "a %s value has no layout yet", scope.stage());
        }
        if (type.storage().isEmpty()) {
            return Optional.of("it has no layout");
        }
        ChannelMap map = type.storage().get();
        if (type.element() == ElementType.F32 && !node.isLogicalOrder()) {
            boolean whole = map.isIdentity() && map.pitch() % ChannelMap.FLOAT_ALIGNMENT == 0;
            return Check.when(!whole, "floats are in order and padded to %d, not %s", ChannelMap.FLOAT_ALIGNMENT, map);
        }
        if (type.scale().isEmpty()) {
            boolean dense = map.isIdentity() && map.pitch() == map.channels();
            return Check.when(!dense, "floats for outputs and raw pixels are dense, not %s", map);
        }
        if (map.pitch() == ChannelMap.WORD) {
            boolean convolved = node.op() instanceof Op.Quantize
                    && map.isIdentity()
                    && scope.users(node).stream().allMatch(user -> readsWords(user, node));
            return Check.when(!convolved, "only convolutions without groups read pixels of one word");
        }
        boolean padded = map.isIdentity() && map.pitch() % ChannelMap.ALIGNMENT == 0;
        return Check.when(!padded, "activations are in order and padded to %d, not %s", ChannelMap.ALIGNMENT, map);
    }

    private static boolean readsWords(Node user, Node value) {
        boolean once = user.inputs().stream().filter(id -> id == value.id()).count() == 1;
        return once
                && user.input() == value.id()
                && !user.fp32()
                && user.op() instanceof Op.Conv2d conv
                && conv.groups() == 1;
    }
}
