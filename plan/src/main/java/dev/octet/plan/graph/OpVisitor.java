package dev.octet.plan.graph;

/** One method per operator, so that the compiler finds every place that a new operator must be added to. */
public interface OpVisitor<R> {
    /** Visits an input. */
    R input(Op.Input op);

    /** Visits a convolution. */
    R conv2d(Op.Conv2d op);

    /** Visits a fully connected layer. */
    R dense(Op.Dense op);

    /** Visits a batch normalisation. */
    R batchNorm(Op.BatchNorm op);

    /** Visits an activation. */
    R activate(Op.Activate op);

    /** Visits an addition. */
    R add(Op.Add op);

    /** Visits a product of channels and gates. */
    R gate(Op.Gate op);

    /** Visits a concatenation. */
    R concat(Op.Concat op);

    /** Visits a slice of channels. */
    R sliceChannels(Op.SliceChannels op);

    /** Visits a padding of channels. */
    R padChannels(Op.PadChannels op);

    /** Visits an upsampling. */
    R upsample(Op.Upsample op);

    /** Visits an operator from outside. */
    R extension(Op.Extension op);

    /** Visits a max pooling. */
    R maxPool(Op.MaxPool op);

    /** Visits an average pooling. */
    R avgPool(Op.AvgPool op);

    /** Visits a global average pooling. */
    R globalAvgPool(Op.GlobalAvgPool op);

    /** Visits a flattening. */
    R flatten(Op.Flatten op);

    /** Visits a softmax. */
    R softmax(Op.Softmax op);

    /** Visits a change of type or scale. */
    R requantize(Op.Requantize op);

    /** Visits an input quantisation. */
    R quantize(Op.Quantize op);

    /** Visits an output dequantisation. */
    R dequantize(Op.Dequantize op);

    /** Visits an output. */
    R output(Op.Output op);
}
