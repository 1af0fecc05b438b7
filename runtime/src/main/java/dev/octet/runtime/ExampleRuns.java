package dev.octet.runtime;

import dev.octet.plan.Port;
import dev.octet.plan.diag.OctetException;
import dev.octet.runtime.calibrate.RangeCollector;
import dev.octet.runtime.diag.RuntimeCode;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Runs a float network on examples, some at a time, and hands every value of every run to a collector. */
final class ExampleRuns {
    private final NetworkPlan checked;
    private final CalibratedFloats floats;
    private final RangeCollector collector;
    private final int most;
    private final List<Buffer> inputs;
    private final int batch;
    private final List<FloatBuffer> outputs = new ArrayList<>();

    /**
     * Prepares runs.
     *
     * @param most examples that are read
     */
    ExampleRuns(NetworkPlan checked, CalibratedFloats floats, RangeCollector collector, int most) {
        this.checked = checked;
        this.floats = floats;
        this.collector = collector;
        this.batch = floats.batch();
        this.most = most;
        this.inputs = checked.inputs().stream().map(this::buffer).toList();
        for (Port output : checked.outputs()) {
            outputs.add(FloatBuffer.allocate(Math.multiplyExact(output.shape().elements(), batch)));
        }
    }

    private Buffer buffer(Port input) {
        int elements = Math.multiplyExact(input.shape().elements(), batch);
        return input.image().isPresent() ? ByteBuffer.allocate(elements) : FloatBuffer.allocate(elements);
    }

    /** Runs all examples, at least one, and answers with their number. */
    int run(Iterator<Calibrator.Example> source, Calibrator.Progress progress) {
        int done = 0;
        while (done < most && source.hasNext()) {
            inputs.forEach(Buffer::clear);
            int n = fill(source, done);
            inputs.forEach(Buffer::flip);
            floats.session().run(n, inputs, outputs);
            collect(done, n);
            done += n;
            progress.examples(done, most);
        }
        if (done == 0) {
            throw new OctetException(RuntimeCode.NO_EXAMPLES, checked.network());
        }
        return done;
    }

    private int fill(Iterator<Calibrator.Example> source, int done) {
        int n = 0;
        while (n < batch && n < most - done && source.hasNext()) {
            List<Buffer> example = source.next().inputs();
            try {
                checked.checkExample(example);
            } catch (OctetException e) {
                throw new OctetException(e, RuntimeCode.EXAMPLE_SIZE, done + n, checked.network(), e.getMessage());
            }
            for (int i = 0; i < example.size(); i++) {
                append(inputs.get(i), example.get(i));
            }
            n++;
        }
        return n;
    }

    /** The position of what is appended does not move. */
    private static void append(Buffer batch, Buffer input) {
        if (input instanceof FloatBuffer floats) {
            ((FloatBuffer) batch).put(floats.duplicate());
        } else {
            ((ByteBuffer) batch).put(((ByteBuffer) input).duplicate());
        }
    }

    private void collect(int first, int n) {
        floats.collect(collector).ifPresent(value -> {
            throw new OctetException(RuntimeCode.NOT_FINITE, value, checked.network(), first, first + n - 1);
        });
    }
}
