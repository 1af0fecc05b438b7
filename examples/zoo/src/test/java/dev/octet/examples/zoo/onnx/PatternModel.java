package dev.octet.examples.zoo.onnx;

import dev.octet.testkit.onnx.OnnxGraph;
import dev.octet.testkit.onnx.OnnxGraph.Attribute;
import dev.octet.testkit.onnx.OnnxType;
import dev.octet.testkit.onnx.TensorData;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/** A small model, such as exporters write for one layer. Its weights are random, the same for the same model. */
public final class PatternModel {
    private final OnnxGraph graph = new OnnxGraph();
    private final SplittableRandom random = new SplittableRandom(11);
    private int opset = 17;
    private int constants;

    /** Another version of ONNX's operators than 17. */
    public PatternModel opset(int version) {
        opset = version;
        return this;
    }

    /** An input of floats; its batch is free. */
    public PatternModel input(String name, long... shape) {
        graph.input(name, OnnxType.FLOAT, withBatch(shape));
        return this;
    }

    /** An output of floats of that many extents. */
    public PatternModel output(String name, int rank) {
        graph.output(name, OnnxType.FLOAT, new ArrayList<>(java.util.Collections.nCopies(rank, 0L)));
        return this;
    }

    private static List<Long> withBatch(long... shape) {
        List<Long> dims = new ArrayList<>(List.of(0L));
        LongStream.of(shape).forEach(dims::add);
        return dims;
    }

    /** Random numbers of a normal distribution. */
    public String weight(String name, long... dims) {
        return weight(name, 0, dims);
    }

    /** Random numbers around a middle other than 0: variances, for example, must be positive. */
    public String weight(String name, double middle, long... dims) {
        float[] values = new float[(int) LongStream.of(dims).reduce(1, (a, b) -> a * b)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (middle + (middle == 0 ? random.nextGaussian() : random.nextDouble(-0.4, 0.4)));
        }
        graph.constant(TensorData.of(name, LongStream.of(dims).boxed().toList(), values));
        return name;
    }

    /** One number. */
    public String number(double value) {
        String name = "c" + constants++;
        graph.constant(TensorData.of(name, List.of(), (float) value));
        return name;
    }

    /** Several numbers. */
    public String numbers(float... values) {
        String name = "c" + constants++;
        graph.constant(TensorData.of(name, List.of((long) values.length), values));
        return name;
    }

    /** Integers. */
    public String integers(int... values) {
        String name = "c" + constants++;
        graph.constant(TensorData.of(name, OnnxType.INT64, List.of((long) values.length), values));
        return name;
    }

    /** An operator; returns its result's name. */
    public String node(String operator, String output, List<String> inputs, Attribute... attributes) {
        graph.node("", operator, inputs, output, attributes);
        return output;
    }

    /** An operator of several results. */
    public void nodes(String operator, List<String> outputs, List<String> inputs, Attribute... attributes) {
        graph.node("", operator, inputs, outputs, attributes);
    }

    /** An attribute of integers. */
    public static Attribute ints(String name, long... values) {
        return new Attribute.Ints(name, LongStream.of(values).boxed().toList());
    }

    /** An attribute of one integer. */
    public static Attribute integer(String name, long value) {
        return new Attribute.Int(name, value);
    }

    /** An attribute of one float. */
    public static Attribute decimal(String name, double value) {
        return new Attribute.Decimal(name, (float) value);
    }

    /** An attribute of text. */
    public static Attribute text(String name, String value) {
        return new Attribute.Text(name, value);
    }

    /** The file. */
    public byte[] bytes() {
        return graph.model(opset);
    }
}
