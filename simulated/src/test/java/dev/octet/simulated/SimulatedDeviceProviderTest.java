package dev.octet.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.cuda.CudaDevice;
import dev.octet.plan.Plan;
import dev.octet.runtime.Devices;
import dev.octet.runtime.device.Probe.DeviceInfo;
import dev.octet.simulator.Simulator;
import dev.octet.testkit.JavaProcess;
import dev.octet.testkit.JavaProcess.Result;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SimulatedDeviceProviderTest {
    @Test
    void aDeviceForEachTargetComesLast() {
        List<String> names =
                Devices.probe().list().stream().map(DeviceInfo::name).toList();
        assertThat(names).endsWith("cpu", "simulated:sm_61", "simulated:sm_75", "simulated:sm_80", "simulated:sm_90a");
    }

    /** In a process whose class path has no JCuda. */
    @Test
    void opensByNameOnlyAndWithoutJcuda() {
        List<Path> classPath = new ArrayList<>();
        Stream.of(Devices.class, Plan.class, CudaDevice.class, Simulator.class, SimulatedDevice.class)
                .map(JavaProcess::home)
                .forEach(classPath::add);
        classPath.add(JavaProcess.home(OpenByName.class));
        classPath.add(Path.of("src", "test", "resources"));
        Result result = JavaProcess.withClassPath(classPath)
                .run(
                        OpenByName.class,
                        "best",
                        "simulated:sm_61",
                        "simulated:sm_75",
                        "simulated:sm_80",
                        "simulated:sm_90a",
                        "simulated:sm_90");

        assertThat(result.out().lines())
                .as(result.err())
                .hasSize(6)
                .startsWith(
                        "best: cpu 0.0",
                        "simulated:sm_61: simulated:sm_61 -60.0",
                        "simulated:sm_75: simulated:sm_75 -60.0",
                        "simulated:sm_80: simulated:sm_80 -60.0",
                        "simulated:sm_90a: simulated:sm_90a -60.0");
        assertThat(result.out())
                .contains("simulated:sm_90: [OCTET-RUN-001] There is no device 'simulated:sm_90'")
                .contains("simulated:sm_61 (executes and checks the PTX for sm_61, slowly)")
                .containsPattern("there is no NVIDIA driver on this machine"
                        + "|JCuda is not on the class path; add the dependency org\\.jcuda:jcuda:");
        assertThat(result.exit()).isZero();
    }
}
