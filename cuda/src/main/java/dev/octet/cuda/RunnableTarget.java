package dev.octet.cuda;

import dev.octet.plan.Target;
import dev.octet.plan.diag.DiagnosticCode;
import dev.octet.plan.diag.OctetException;
import dev.octet.runtime.device.NetworkImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Tries the targets of a network that a device can run, the best first. Kernels of one may be missing, since the build's CUDA
 * compiler was too old for them, or need a newer driver: those of the next then run, with the same results.
 */
final class RunnableTarget {
    /** What is wrong with the kernels of one target. */
    private static final Set<DiagnosticCode> OF_TARGET =
            Set.of(CudaCode.NO_PTX, CudaCode.PTX_TOO_NEW, CudaCode.CUBIN_REFUSED);

    private RunnableTarget() {}

    /**
     * What an attempt makes of the first target that has all that it needs.
     *
     * @param warnings told why a target was passed over, once another did
     * @throws OctetException of the best target if no target has; any that is not about a target's kernels at once. What other
     *     targets failed by is suppressed in it
     */
    static <T> T first(
            DeviceState device, NetworkImage image, Function<Programs, T> attempt, Consumer<String> warnings) {
        List<Target> targets = Programs.targets(image.plan(), device.name(), device.gpu());
        List<OctetException> failures = new ArrayList<>(); // of the targets passed over, the best first
        for (Target target : targets) {
            try {
                Programs programs = Programs.of(image.plan(), target, device.name(), device.gpu());
                T result = attempt.apply(programs);
                if (!failures.isEmpty()) {
                    warnings.accept(passedOver(device, image, targets.get(0), target, failures.get(0)));
                }
                return result;
            } catch (OctetException e) {
                if (!OF_TARGET.contains(e.code())) {
                    failures.forEach(e::addSuppressed);
                    throw e;
                }
                failures.add(e);
            }
        }
        OctetException best = failures.remove(0);
        failures.forEach(best::addSuppressed);
        throw best;
    }

    private static String passedOver(
            DeviceState device, NetworkImage image, Target best, Target next, OctetException reason) {
        return image.plan().network() + " runs on " + device.name() + " by its kernels for " + next.text()
                + ", which takes longer than by those for " + best.text() + ": " + reason.getMessage();
    }
}
