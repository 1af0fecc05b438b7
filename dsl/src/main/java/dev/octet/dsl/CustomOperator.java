package dev.octet.dsl;

import java.util.List;
import java.util.Map;

/**
 * An operator that is not part of Octet, as a definition calls it: {@code x.apply("mix", new ChannelShuffle(4))}. Its numbers
 * and its kernel come from the same jar, which stands on the processor path too; {@code docs/extending.md} shows one.
 */
public interface CustomOperator {
    /** Name of the operator in plans and kernels: lower-case letters, digits and underscores, beginning with a letter. */
    String operator();

    /** Whatever else its arithmetic and its kernel depend on. */
    Map<String, Integer> attributes();

    /**
     * Shape of the result. Throws {@link IllegalArgumentException}, whose message says what is wrong and what to do, if the
     * operands cannot be.
     *
     * @param operands shapes of the operands, at least one
     */
    List<Integer> shape(List<List<Integer>> operands);
}
