package dev.octet.examples.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.octet.compiler.Compilation;
import dev.octet.compiler.interp.ByteTensor;
import dev.octet.compiler.interp.Interpreter;
import dev.octet.compiler.kernel.KernelCatalog;
import dev.octet.plan.Plan;
import dev.octet.plan.Target;
import dev.octet.plan.graph.ElementType;
import dev.octet.plan.graph.Node;
import dev.octet.plan.quant.Constants;
import dev.octet.plan.quant.NodeConstants;
import dev.octet.plan.quant.QuantizedLayer;
import dev.octet.plan.text.PlanText;
import dev.octet.runtime.cpu.CpuDevice;
import dev.octet.runtime.device.Device;
import dev.octet.runtime.device.DeviceNetwork;
import dev.octet.runtime.device.DeviceNetwork.SessionRequest;
import dev.octet.runtime.device.DeviceProvider;
import dev.octet.runtime.device.DeviceSession;
import dev.octet.runtime.device.NetworkImage;
import dev.octet.toolchain.CudaTools;
import dev.octet.toolchain.KernelCache;
import dev.octet.toolchain.KernelCompiler;
import dev.octet.toolchain.PtxCompiler;
import dev.octet.toolchain.ToolchainOptions;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The operator computes the same everywhere, as if it were part of Octet. */
class AbsoluteDifferenceTest {
    private static final long SEED = Long.getLong("octet.seed", 7);
    private static final Compilation COMPILATION = ComparedImages.compile(List.of(Target.SM_61, Target.SM_80));
    private static final Plan PLAN = PlanText.read(PlanText.write(COMPILATION.plan()), "plan");
    private static final Function<String, QuantizedLayer> LAYERS = name -> ComparedImages.layer(name, SEED);
    private static final NodeConstants CONSTANTS =
            NodeConstants.of(PLAN, value -> value.equals("image") ? 2 : 3, LAYERS);

    private final byte[] image = image();

    private static byte[] image() {
        byte[] image = new byte[ComparedImages.IMAGE.elements()];
        new Random(SEED).nextBytes(image);
        return image;
    }

    private static Node difference() {
        return PLAN.int8().nodes().stream()
                .filter(node -> node.name().equals("difference"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theProcessorDeviceComputesWhatTheOracleDoes() {
        assertThat(difference().type().element()).isEqualTo(ElementType.U8);
        ByteTensor oracle = (ByteTensor) Interpreter.ofQuantized(PLAN.int8(), CONSTANTS, LAYERS)
                .run(Map.of("image", ByteTensor.ofImage(ComparedImages.IMAGE, image)))
                .get("difference");
        byte[] found = difference(new CpuDevice(1), (target, kernel) -> Optional.empty());
        int pitch = difference().type().storage().orElseThrow().pitch();
        int pixels = ComparedImages.IMAGE.pixels();
        for (int i = 0; i < found.length; i++) {
            int channel = i % pitch;
            int expected = channel < ComparedImages.CHANNELS ? oracle.values()[channel * pixels + i / pitch] : 0;
            assertThat(Byte.toUnsignedInt(found[i]))
                    .as("seed %d, byte %d", SEED, i)
                    .isEqualTo(expected);
        }
        assertThat(oracle.values()).as("otherwise this test shows little").contains(255, 0, 1, 77);
    }

    @Test
    void itsKernelsAreInTheCatalogueAndComputeTheSame() {
        assertThat(KernelCatalog.rows())
                .filteredOn(row -> row.variant().startsWith("extension_absolute_difference"))
                .hasSize(8 * Target.values().length);
        CudaTools tools = CudaTools.find(ToolchainOptions.fromSystem());
        assumeTrue(tools.compiler().isPresent(), "running the kernels needs nvcc on the PATH");
        NetworkImage.Kernels kernels = kernels(tools.compiler().orElseThrow());
        byte[] expected = difference(new CpuDevice(1), kernels);
        DeviceProvider simulated = ServiceLoader.load(DeviceProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.kind().equals("simulated"))
                .findFirst()
                .orElseThrow();
        for (int i = 0; i < simulated.probe().devices().size(); i++) {
            Device device = simulated.open(i);
            assertThat(difference(device, kernels))
                    .as("%s, seed %d", simulated.probe(), SEED)
                    .isEqualTo(expected);
        }
    }

    private static NetworkImage.Kernels kernels(PtxCompiler nvcc) {
        KernelCompiler compiler = new KernelCompiler(
                nvcc,
                Optional.empty(),
                new KernelCache(ToolchainOptions.fromSystem().cache()));
        Map<String, String> sources = new TreeMap<>();
        COMPILATION.kernels().forEach(kernel -> sources.put(kernel.hash(), kernel.text()));
        return (target, kernel) -> Optional.of(compiler.ptx(target, sources.get(kernel.hash())));
    }

    /** The value on a device, padding lanes included. */
    private byte[] difference(Device device, NetworkImage.Kernels kernels) {
        Map<String, QuantizedLayer> layers = new TreeMap<>();
        List.of("x", "y", "fc").forEach(name -> layers.put(name, LAYERS.apply(name)));
        Map<Integer, Constants> constants = new TreeMap<>();
        PLAN.int8().nodes().forEach(node -> CONSTANTS.of(node).ifPresent(c -> constants.put(node.id(), c)));
        try (device;
                DeviceNetwork network = device.load(new NetworkImage(PLAN, layers, constants, kernels));
                DeviceSession session = network.newSession(new SessionRequest(1, true))) {
            session.run(1, List.of(ByteBuffer.wrap(image)), List.of(FloatBuffer.allocate(4)));
            return session.value(difference().id());
        }
    }
}
