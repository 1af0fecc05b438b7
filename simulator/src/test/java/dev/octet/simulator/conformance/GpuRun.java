package dev.octet.simulator.conformance;

import static org.junit.jupiter.api.Assertions.fail;

import dev.octet.cuda.driver.Context;
import dev.octet.cuda.driver.Driver;
import dev.octet.cuda.internal.DriverProbe;
import dev.octet.plan.Target;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Runs programs on the first GPU, whose driver compiles their PTX. */
final class GpuRun implements AutoCloseable {
    private final Driver driver;
    private final Context context;

    /** Fails where there is no GPU. */
    GpuRun() {
        DriverProbe probe = DriverProbe.system();
        driver = probe.driver().orElseGet(() -> fail("no GPU: " + probe.reason()));
        context = driver.retain(0);
    }

    /** The GPU and its driver. */
    String device() {
        Driver.Gpu gpu = driver.gpus().get(0);
        return gpu.name() + ", compute capability " + Target.capabilityText(gpu.capability()) + ", driver for CUDA "
                + driver.version() / 1000 + "." + driver.version() % 1000 / 10;
    }

    /** A program's output. */
    byte[] run(Program program) {
        try (Context.Current current = context.enter()) {
            Context.Module module = current.load(program.ptx());
            long in = current.allocate(program.input().length);
            long out = current.allocate(program.outputBytes());
            Context.Stream stream = current.newStream();
            try {
                current.upload(in, program.input());
                ByteBuffer arguments = ByteBuffer.allocateDirect(16).order(ByteOrder.nativeOrder());
                arguments.putLong(in).putLong(out).rewind();
                current.launch(current.function(module, "k"), extents(program), arguments, stream);
                current.synchronize(stream);
                byte[] output = new byte[program.outputBytes()];
                current.download(output, out);
                return output;
            } finally {
                current.destroy(stream);
                current.free(in);
                current.free(out);
                current.unload(module);
            }
        }
    }

    private static Context.Extents extents(Program program) {
        Program.Extents extents = program.extents();
        return new Context.Extents(extents.gridX(), extents.gridY(), extents.threads(), extents.sharedBytes());
    }

    @Override
    public void close() {
        context.close();
    }
}
