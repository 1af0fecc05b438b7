package dev.octet.dsl;

/**
 * The network that a definition builds.
 *
 * <p>Names consist of segments of ASCII letters, digits and underscores, joined by single dots or hyphens, 200
 * characters at most; everything else is refused, because names reach Java, CUDA, paths and reports. Every value has a
 * name, unique in the network, which is also its key in calibration tables. A value made without a name is called after
 * its operand: {@code conv1.relu}.
 *
 * <p>All methods throw {@link DslException} at once if something is wrong.
 */
public interface Net {
    /**
     * The value of an input port. Scopes do not change its name.
     *
     * @param name name of a {@link Port} among the annotation's inputs; each is read once
     */
    Tensor input(String name);

    /**
     * Declares the value of an output port. Scopes do not change its name.
     *
     * @param name name of a {@link Port} among the annotation's outputs; each is declared once, and no other value may
     *     have its name
     * @param value a value of the port's shape
     */
    void output(String name, Tensor value);

    /**
     * Applies a block; within it, given names are preceded by the scope's name and a dot: {@code conv1} becomes
     * {@code b1.conv1}. Scopes nest.
     *
     * @param name name of the scope
     * @param x operand of the block
     * @param block the block
     * @return what the block returns
     */
    Tensor scope(String name, Tensor x, Block block);
}
