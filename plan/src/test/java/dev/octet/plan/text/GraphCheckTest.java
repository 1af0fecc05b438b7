package dev.octet.plan.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octet.plan.diag.OctetException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Attributes of operators that a damaged or hostile plan may hold, at their limits and beyond. */
class GraphCheckTest {
    private static final String OPERANDS = """
            graph folded
            %0 image : f32[4,6,6] = input()
            %1 gates : f32[4,1,1] = input()
            %2 small : f32[3,1,1] = input()
            %3 tall : f32[1,1073741824,1] = input()
            %4 odds : f32[4,6,6] = softmax(%0)
            """;

    private static final String INTEGERS = """
            graph laid_out
            %0 image : u8[4,6,6] pitch 16 scale image = input()
            %1 other : s8[4,6,6] pitch 16 scale image = input()
            """;

    private static void check(String graph, String line) {
        GraphCheck.require(GraphText.parse(graph + "%9 x : " + line + "\nend\n"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "f32[4,6,6] = conv2d(%0) layer=x weight=tensor(x.w,[4,2,3,3]) bias=none window=3x3 stride=1x1 dilation=2x2"
                        + " pad=2,2,2,2 groups=2 activation=relu6 residual=false",
                "f32[4,6,6] = gate(%0,%1)",
                "f32[8,6,6] = concat(%0,%0)",
                "f32[2,6,6] = slice(%0) channels=2+2",
                "f32[1048579,1,1] = pad(%2) channels=0,1048576",
                "f32[4,12,18] = upsample(%0) by=2x3",
                "f32[4,3,3] = avgpool(%0) window=3x3 stride=2x2 pad=1,1,0,0 counted=0,0,0,0",
                "f32[4,6,6] = output(%4)",
            })
    void acceptsWhatFits(String line) {
        assertThatCode(() -> check(OPERANDS, line)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "f32[4,6,6] = conv2d(%0) layer=x weight=tensor(x.w,[4,2,1,1]) bias=none window=1x1 stride=1x1 pad=0,0,0,0"
                        + " groups=3 activation=none residual=false                    | has 3 groups, which do not divide",
                "f32[4,6,6] = conv2d(%0) layer=x weight=tensor(x.w,[4,2,1,1]) bias=none window=1x1 stride=1x1 pad=0,0,0,0"
                        + " groups=1048576 activation=none residual=false              | has 1048576 groups, which do not divide",
                "f32[4,6,6] = conv2d(%0) layer=x weight=tensor(x.w,[4,4,1,1]) bias=none window=1x1 stride=1x1 pad=0,0,0,0"
                        + " groups=2 activation=none residual=false                    | has weights [4, 4, 1, 1], not [4, 2, 1, 1]",
                "f32[4,6,6] = conv2d(%0) layer=x weight=tensor(x.w,[4,4,1,1]) bias=none window=1x1 stride=1x1 pad=0,0,0,0"
                        + " activation=tanh residual=false                             | an epilogue only limits its result",
                "f32[4,6,6] = maxpool(%0) window=1048576x1048576 stride=1x1 dilation=1048576x1048576 pad=0,0,0,0 | overflow",
                "f32[4,6,6] = maxpool(%0) window=3x3 stride=1x1 dilation=2x2 pad=2,2,2,2 | has no gaps",
                "f32[4,1,1] = maxpool(%1) window=1048576x2 stride=1x1 pad=1048575,0,0,1  | a window of more than 1048576 taps",
                "f32[1,1,1] = maxpool(%3) window=2x1 stride=1048576x1 pad=1,0,1,0 | more than 1073741824 rows or columns with padding",
                "f32[4,6,6] = avgpool(%0) window=3x3 stride=1x1 pad=1,1,1,1 counted=2,0,0,0 | is not part of the padding",
                "f32[4,6,6] = avgpool(%0) window=3x3 stride=1x1 pad=3,1,1,1 counted=0,0,0,0 | padding is smaller than the kernel",
                "f32[4,6,6] = gate(%0,%2)                                              | has gates [3,1,1] for channels of [4,6,6]",
                "f32[4,6,6] = gate(%0,%0)                                              | has gates [4,6,6] for channels of [4,6,6]",
                "f32[8,6,6] = concat(%0,%1)                                            | joins [[4,6,6], [4,1,1]]",
                "f32[4,6,6] = concat(%0)                                               | nothing to join: 1",
                "f32[4,6,6] = slice(%0) channels=1048576+1048576                       | takes channels that [4,6,6] does not have",
                "f32[4,6,6] = slice(%0) channels=0+0                                   | no channels 0 to 0 + 0",
                "f32[5,6,6] = pad(%0) channels=1,1                                     | its operator makes [6,6,6]",
                "f32[4,6,6] = pad(%0) channels=0,0                                     | nothing to pad: 0 and 0",
                "f32[4,6,6] = upsample(%0) by=1048576x1048576                          | its operator makes [4,6291456,6291456]",
                "f32[1,1,1] = upsample(%3) by=4x1                                      | overflow",
                "f32[4,6,6] = upsample(%0) by=0x1                                      | no blocks of 0x1",
                "f32[4,6,6] = activate(%0) activation=none                             | an activation node needs an activation",
                "f32[4,6,6] = activate(%0) activation=elu(NaN)                         | not a decimal number: NaN",
                "f32[4,6,6] = add(%0,%0) activation=gelu                               | an addition only limits its result",
                "f32[4,6,6] = softmax(%4)                                              | reads a softmax, which only outputs do",
                "f32[4,6,6] = add(%0,%4) activation=none                               | reads a softmax, which only outputs do",
                "f32[4,6,6] = requantize(%0)                                           | converts integers in a float graph",
                "f32[4,6,6] = quantize(%0)                                             | converts integers in a float graph",
                "f32[4,6,6] = dequantize(%0)                                           | converts integers in a float graph",
            })
    void refusesWhatDoesNotFit(String line, String message) {
        assertThatThrownBy(() -> check(OPERANDS, line))
                .isInstanceOfAny(OctetException.class, IllegalArgumentException.class, ArithmeticException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "u8[8,6,6] pitch 16 scale x = concat(%0,%0)           | has another type or another scale than an operand",
                "u8[8,6,6] pitch 16 scale image = concat(%0,%1)       | has another type or another scale than an operand",
                "u8[2,6,6] pitch 16 scale x = slice(%0) channels=0+2  | has another type or another scale than an operand",
                "f32[4,6,6] pitch 4 = gate(%0,%0)                     | is of a wrong type",
                "f32[4,6,6] pitch 4 = requantize(%0)                  | is of a wrong type",
                "f32[4,6,6] pitch 4 = softmax(%0)                     | cannot read what its operands are",
                "u8[4,6000,60000] pitch 16 scale image = upsample(%0) by=1000x10000 | has more than 2^31 - 1 bytes",
            })
    void refusesWrongTypes(String line, String message) {
        String inputs = INTEGERS.replace("scale image = input()", "scale image = activate(%8) activation=relu")
                .replace(
                        "graph laid_out\n",
                        "graph laid_out\n%7 pixels : u8[4,6,6] pitch 4 = input()\n"
                                + "%8 raw : s8[4,6,6] pitch 16 scale pixels = quantize(%7)\n");
        assertThatThrownBy(() -> check(inputs, line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
        assertThat(inputs).contains("%8 raw");
    }
}
