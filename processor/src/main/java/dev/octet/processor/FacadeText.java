package dev.octet.processor;

import dev.octet.codegen.java.TypedClass;
import dev.octet.codegen.java.TypedClassWriter;
import dev.octet.plan.ImageFormat;
import dev.octet.plan.ImageFormat.ChannelOrder;
import dev.octet.plan.Port;
import dev.octet.plan.graph.Shape;
import dev.octet.plan.weights.WeightsName;
import java.util.List;
import java.util.Optional;

/** Source text of typed classes. */
final class FacadeText {
    private static final ImageFormat GRAY = new ImageFormat(ChannelOrder.GRAY, 1, List.of(0f), List.of(1f));

    /** Stands in for a contract that was refused, so that uses of the typed class are not errors of their own. */
    private static final Contract REFUSED = new Contract(
            new WeightsName("refused"),
            List.of(),
            1,
            List.of(new Port("input", Shape.of(1, 1, 1), Optional.of(GRAY))),
            List.of(new Port("output", Shape.of(1), Optional.empty())));

    private FacadeText() {}

    /**
     * The source of a typed class.
     *
     * @param contract what the annotation says; empty if that was refused
     * @param planHash hash of the plan; empty if there is none
     */
    static String of(Facade facade, Optional<Contract> contract, String planHash) {
        Contract known = contract.orElse(REFUSED);
        return new TypedClassWriter()
                .write(new TypedClass(
                        facade.packageName(),
                        facade.definition(),
                        facade.className(),
                        known.inputs(),
                        known.outputs(),
                        known.maxBatch(),
                        planHash));
    }
}
