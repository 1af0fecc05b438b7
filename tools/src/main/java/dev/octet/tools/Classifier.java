package dev.octet.tools;

import dev.octet.plan.Plan;
import dev.octet.plan.Port;
import dev.octet.plan.diag.OctetException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.stream.Collectors;

/** A network with one image input and one output of scores, for example {@code network::runBatch}. */
@FunctionalInterface
public interface Classifier {
    /**
     * Runs {@code n} images.
     *
     * @param n number of images
     * @param images direct, n images of HWC bytes from the buffer's position
     * @param scores direct, room for n times the scores of an image from the buffer's position
     */
    void run(int n, ByteBuffer images, FloatBuffer scores);

    /**
     * Throws {@link OctetException} with {@link ToolsCode#NOT_A_CLASSIFIER} unless a network has one input and one output.
     */
    static void requireOne(Plan plan) {
        if (plan.inputs().size() != 1 || plan.outputs().size() != 1) {
            throw new OctetException(
                    ToolsCode.NOT_A_CLASSIFIER,
                    plan.network(),
                    ImageSet.kinds(plan),
                    plan.outputs().stream().map(Port::name).collect(Collectors.joining(", ")));
        }
    }
}
