package dev.octet.tools.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octet.compiler.schedule.KernelTime;
import dev.octet.plan.Plan;
import dev.octet.plan.Target;
import dev.octet.plan.diag.OctetException;
import dev.octet.runtime.device.ClockedGpu;
import dev.octet.testkit.JavaProcess;
import java.io.File;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TimedBuffersTest {
    /** Of an image of 3 x 32 x 32 bytes and ten scores. */
    private static final long BYTES = 3 * 32 * 32 + 10 * Float.BYTES;

    private final Plan plan = TuningSample.plan(Target.SM_80);

    @Test
    void holdsRandomInputsAndRoomForOutputs() {
        TimedBuffers buffers = TimedBuffers.of(plan);

        ByteBuffer image = (ByteBuffer) buffers.inputs().get(0);
        assertThat(image.isDirect()).isTrue();
        assertThat(image.remaining()).isEqualTo(plan.maxBatch() * 3 * 32 * 32);
        byte[] bytes = new byte[image.remaining()];
        image.get(bytes);
        assertThat(bytes[bytes.length - 1] == 0 && bytes[bytes.length - 2] == 0)
                .as("random to the end")
                .isFalse();
        assertThat(buffers.outputs().get(0).remaining()).isEqualTo(plan.maxBatch() * 10);
    }

    @Test
    void saysWhatIsNeededAndWhatThereIs() {
        assertThatCode(() -> TimedBuffers.require(plan, 8, 8 * BYTES)).doesNotThrowAnyException();
        assertThatThrownBy(() -> TimedBuffers.require(plan, 8, 8 * BYTES - 1))
                .isInstanceOfSatisfying(
                        OctetException.class, e -> assertThat(e.code()).isEqualTo(TuneCode.MEMORY))
                .hasMessageContaining(
                        "for a largest batch of 8 takes buffers of " + 8 * BYTES + " bytes outside of the Java heap")
                .hasMessageContaining("at most " + (8 * BYTES - 1) + " are allowed")
                .hasMessageContaining("octet.batches, --batches")
                .hasMessageContaining("-Xmx");
    }

    @Test
    void saysThatABufferIsTooLargeHoweverMuchIsFree() {
        assertThatThrownBy(() -> TimedBuffers.require(plan, 1 << 20, Long.MAX_VALUE))
                .hasMessageContaining("[OCTET-TUNE-007]")
                .hasMessageContaining("one buffer has at most 2147483647");
    }

    /** Kernels take minutes to be built, so that a process with little memory says so before. */
    @Test
    void refusesBeforeKernelsAreBuilt() {
        JavaProcess.Result result = JavaProcess.withClassPath(
                        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                                .map(Path::of)
                                .toList())
                .options("-XX:MaxDirectMemorySize=1m")
                .run(TimedBuffersTest.class);

        assertThat(result.out())
                .as(result.err())
                .contains("two rounds")
                .contains("[OCTET-TUNE-007]", "for a largest batch of 1000", "at most 1048576 are allowed");
    }

    /** Tunes for a small batch and a larger one, on a device that is never asked. */
    public static void main(String[] arguments) {
        // Each takes more than half of what is allowed; what the first had is free once Java looks.
        Plan half = TuningSample.plan(200, Target.SM_80);
        TimedBuffers.of(half);
        TimedBuffers.of(half);
        System.out.println("two rounds");
        Tuner.Builder builder = kernels -> {
            throw new AssertionError("built " + kernels.size() + " kernels");
        };
        Tuner tuner = new Tuner(
                new TimedDevice(kernel -> 1.0, new ClockedGpu("A GPU", 90), 1),
                new Tuner.Machine(Target.SM_80, 90, "A GPU"),
                builder,
                new Silent(),
                TimeLimit.NONE);
        try {
            tuner.run("sample", TuningSample.plan(Target.SM_80), List.of(1, 1000), (plan, kernels) -> {
                throw new AssertionError("loaded");
            });
        } catch (OctetException e) {
            System.out.println(e.getMessage());
        }
    }

    private static final class Silent implements Tuner.Listener {
        @Override
        public void timed(KernelTime time) {}

        @Override
        public void said(String line) {}
    }
}
