package dev.octet.cuda;

import dev.octet.cuda.driver.Driver;
import dev.octet.plan.Plan;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.launch.Geometry;
import dev.octet.plan.launch.LaunchProgram;
import dev.octet.plan.launch.Step;

/**
 * What a device can do in one launch. The limits that are the same on all devices, of blocks along y and of threads per
 * block, are the plan's own.
 */
record LaunchLimits(Plan plan, String device, Driver.Gpu gpu) {
    /** Blocks along x, of every compute capability. */
    private static final long MOST_BLOCKS = Integer.MAX_VALUE;

    /** Refuses a program whose launches the device cannot do for as many images as the network may run. */
    void check(LaunchProgram program) {
        int images = Math.min(program.maxBatch(), plan.maxBatch());
        program.steps().forEach(step -> check(step, images));
    }

    private void check(Step step, int images) {
        Geometry geometry = step.geometry();
        if (geometry.unitsPerImage() > Long.MAX_VALUE / images || blocks(geometry, images) > MOST_BLOCKS) {
            String need = "blocks for " + geometry.unitsPerImage() + " units of each of " + images + " images";
            throw beyond(step, need, MOST_BLOCKS + " blocks");
        }
        if (geometry.sharedBytes() > gpu.sharedBytes()) {
            String need = DeviceState.size(geometry.sharedBytes()) + " of shared memory for a block";
            throw beyond(step, need, DeviceState.size(gpu.sharedBytes()));
        }
    }

    private static long blocks(Geometry geometry, int images) {
        long blocks = (geometry.unitsPerImage() * images - 1) / geometry.unitsPerBlock() + 1;
        return Math.min(blocks, geometry.isLimited() ? geometry.mostX() : Long.MAX_VALUE);
    }

    private OctetException beyond(Step step, String need, String most) {
        return new OctetException(CudaCode.LIMIT, step.kernel().name(), plan.network(), need, device, most);
    }
}
