package dev.octet.codegen.cuda;

import dev.octet.compiler.schedule.ScheduledKernel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Emitted kernels compiled for the host with g++ and its sanitizers, behind {@code host.h}, which runs the threads of
 * a block as fibers. Nothing of a kernel is changed but its inline assembly, the memory whose size a launch decides and its description,
 * which {@code host.h} emulates.
 */
final class HostProgram {
    private static final long LIMIT_SECONDS = 300;
    private static final Set<DeviceCode> ON_HOST_OTHERWISE =
            Set.of(DeviceCode.DYNAMIC_SHARED, DeviceCode.DESCRIPTOR, DeviceCode.PLAIN_DESCRIPTOR);
    private static final List<String> COMPILER = List.of(
            "g++",
            "-std=c++17",
            "-O0", // more saves less when kernels run than it costs when they are compiled
            "-w",
            "-ffp-contract=off",
            "-fno-strict-aliasing",
            "-fno-sanitize-recover=all",
            "-fsanitize=address,alignment,bounds,shift,signed-integer-overflow,integer-divide-by-zero");

    private final Path directory;
    private final Map<String, Integer> numbers;

    private HostProgram(Path directory, Map<String, Integer> numbers) {
        this.directory = directory;
        this.numbers = numbers;
    }

    /** Whether g++ can be started. */
    static boolean canBuild() {
        return Commands.isFound("g++");
    }

    /**
     * Compiles all {@code kernels}, without duplicates, into one program in {@code directory}. Those of several targets that
     * differ in nothing but their names are compiled once.
     */
    static HostProgram build(Path directory, List<ScheduledKernel> kernels) throws IOException {
        CudaWriter writer = new CudaWriter();
        StringBuilder source = new StringBuilder(resource("host.h"));
        StringBuilder table = new StringBuilder("static void (*const KERNELS[])(const void*) = {\n");
        Map<String, Integer> texts = new HashMap<>();
        Map<String, Integer> numbers = new HashMap<>();
        for (ScheduledKernel kernel : kernels) {
            String text = withoutAssembly(writer.source(kernel));
            int next = texts.size();
            int number = texts.computeIfAbsent(nameless(text, kernel), t -> next);
            numbers.put(kernel.name(), number);
            if (number == next) {
                source.append("namespace k")
                        .append(number)
                        .append(" {\n")
                        .append(text)
                        .append("}\n");
                table.append(String.format(
                        "    [](const void* p) { k%1$d::%2$s(*(const k%1$d::Arguments*)p); },%n",
                        number, kernel.name()));
            }
        }
        source.append(table).append("};\n").append(resource("host_main.h"));
        Files.writeString(directory.resolve("kernels.cpp"), source);
        Commands.run(
                directory,
                LIMIT_SECONDS,
                Stream.concat(COMPILER.stream(), Stream.of("kernels.cpp", "-o", "kernels"))
                        .toList());
        return new HostProgram(directory, numbers);
    }

    /** What g++ compiles of a kernel, but its name, in which the target stands. */
    static String nameless(ScheduledKernel kernel) {
        return nameless(withoutAssembly(new CudaWriter().source(kernel)), kernel);
    }

    private static String nameless(String text, ScheduledKernel kernel) {
        return text.replace(kernel.name(), "");
    }

    private static String withoutAssembly(String source) {
        String plain = source;
        for (DeviceCode code : DeviceCode.values()) {
            if (code.text().contains("asm") || ON_HOST_OTHERWISE.contains(code)) {
                plain = plain.replace(code.text(), "");
            }
        }
        return plain;
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = HostProgram.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Runs the trials in order; for each, its buffers as the kernel left them. */
    List<List<byte[]>> run(List<KernelTrial> trials) throws IOException {
        Files.write(directory.resolve("launches"), launches(trials));
        Commands.run(directory, LIMIT_SECONDS, List.of("./kernels", "launches", "results"));
        ByteBuffer results = ByteBuffer.wrap(Files.readAllBytes(directory.resolve("results")));
        List<List<byte[]>> all = new ArrayList<>();
        for (KernelTrial trial : trials) {
            List<byte[]> buffers = new ArrayList<>();
            for (byte[] before : trial.buffers()) {
                byte[] after = new byte[before.length];
                results.get(after);
                buffers.add(after);
            }
            all.add(buffers);
        }
        return all;
    }

    private byte[] launches(List<KernelTrial> trials) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(numbers(trials.size()));
        for (KernelTrial trial : trials) {
            out.writeBytes(numbers(
                    numbers.get(trial.kernel().name()),
                    trial.gridX(),
                    trial.geometry().gridY(),
                    trial.geometry().threads(),
                    trial.batch(),
                    trial.buffers().size()));
            for (byte[] buffer : trial.buffers()) {
                out.writeBytes(numbers(buffer.length));
                out.writeBytes(buffer);
            }
        }
        return out.toByteArray();
    }

    private static byte[] numbers(int... values) {
        ByteBuffer buffer = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int value : values) {
            buffer.putInt(value);
        }
        return buffer.array();
    }
}
