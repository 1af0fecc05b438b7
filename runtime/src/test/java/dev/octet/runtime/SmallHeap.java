package dev.octet.runtime;

import dev.octet.dsl.Net;
import dev.octet.plan.Plan;
import dev.octet.plan.Port;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.graph.Shape;
import dev.octet.testkit.JavaProcess;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/** A process with little memory that opens a network and does something with it. */
final class SmallHeap {
    static final String OUT_OF_HEAP = "out of heap";

    private SmallHeap() {}

    /** What the process does with the network. */
    enum Task {
        RUN,
        SESSION
    }

    /** A network of one layer with as many weights as 4096 times its outputs. */
    static Plan wide(int outputs) {
        return SampleNetwork.compile(
                (Net net) -> net.output("wide", net.input("image").flatten().dense("fc", outputs)),
                2,
                SampleNetwork.image(1, 64, 64),
                new Port("wide", Shape.of(outputs), Optional.empty()));
    }

    /**
     * Runs the process.
     *
     * @param folder root of the network's resources
     * @param device device of the options
     * @param batches largest batches under which the network is opened, one after another
     * @return a line for each: the message of what was refused, {@code done}, or {@link #OUT_OF_HEAP}
     */
    static String lines(Path folder, String device, Task task, int... batches) {
        JavaProcess process = JavaProcess.withClassPath(java.util.stream.Stream.of(
                                Network.class, Plan.class, SmallHeap.class, Net.class, JavaProcess.class)
                        .map(JavaProcess::home)
                        .toList())
                .options("-Xmx64m", "-XX:MaxDirectMemorySize=1m");
        String[] arguments = java.util.stream.Stream.concat(
                        java.util.stream.Stream.of(folder.toString(), device, task.name()),
                        Arrays.stream(batches).mapToObj(String::valueOf))
                .toArray(String[]::new);
        JavaProcess.Result result = process.run(SmallHeap.class, arguments);
        return result.out() + result.err();
    }

    public static void main(String[] arguments) {
        NetworkSpec spec = NetworkSpec.of(SampleNetwork.NAME, FolderLoader.anchor(Path.of(arguments[0])));
        for (String batch : Arrays.copyOfRange(arguments, 3, arguments.length)) {
            Options options = Options.onDevice(arguments[1]).maxBatch(Integer.parseInt(batch));
            System.out.println(attempt(spec, options, Task.valueOf(arguments[2])));
        }
    }

    private static String attempt(NetworkSpec spec, Options options, Task task) {
        try (Network network = Network.open(spec, options)) {
            if (task == Task.SESSION) {
                Objects.requireNonNull(network.newSession());
            } else {
                network.run(new byte[network.plan().inputs().get(0).shape().elements()]);
            }
            return "done";
        } catch (OctetException e) {
            return e.getMessage();
        } catch (OutOfMemoryError e) {
            return OUT_OF_HEAP;
        }
    }
}
