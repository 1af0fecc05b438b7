package dev.octet.tools.onnx.source;

import java.util.List;

/** What stands for the numbers and names of calls: constants in {@code define}, parameters in a method of several blocks. */
interface Expressions {
    /** The expression of a value's number, by its place among the value's slots. */
    String number(int value, int slot);

    /** The expression of a value's name. */
    String name(int value);

    /** Constants of one block or of all values. */
    record Constants(List<List<Integer>> numbers, List<String> names) implements Expressions {
        @Override
        public String number(int value, int slot) {
            return numbers.get(value).get(slot).toString();
        }

        @Override
        public String name(int value) {
            return Literals.text(names.get(value));
        }
    }
}
