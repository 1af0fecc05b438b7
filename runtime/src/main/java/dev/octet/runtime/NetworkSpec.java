package dev.octet.runtime;

import dev.octet.plan.Port;
import dev.octet.plan.diag.OctetException;
import dev.octet.runtime.image.ImageCode;
import dev.octet.runtime.image.Preprocessing;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Which compiled network to open, and where its resources are.
 *
 * @param network binary name of the definition
 * @param anchor a class next to the resources, usually the generated one: its class loader finds them
 * @param planHash SHA-256 of the plan that the generated class was made with; empty to accept any
 */
public record NetworkSpec(String network, Class<?> anchor, String planHash) {
    public NetworkSpec {
        Objects.requireNonNull(network);
        Objects.requireNonNull(anchor);
        if (!planHash.matches("([0-9a-f]{64})?")) {
            throw new IllegalArgumentException("not a SHA-256: " + planHash);
        }
    }

    /** A network whose plan is not pinned. */
    public static NetworkSpec of(String network, Class<?> anchor) {
        return new NetworkSpec(network, anchor, "");
    }

    /**
     * What makes of image files the bytes that an input takes. Reads the plan: keep the result.
     *
     * @param input name of the port in the definition
     * @throws OctetException {@link ImageCode#NO_IMAGE_PORT} if there is no such input or it takes floats, and the codes of a
     *     plan that cannot be read
     */
    public Preprocessing preprocessing(String input) {
        List<Port> inputs = new NetworkResources(this).plan().inputs();
        return inputs.stream()
                .filter(port -> port.name().equals(input) && port.image().isPresent())
                .findFirst()
                .map(Preprocessing::of)
                .orElseThrow(() -> new OctetException(
                        ImageCode.NO_IMAGE_PORT,
                        network,
                        input,
                        inputs.stream().map(Port::described).collect(Collectors.joining(", "))));
    }
}
