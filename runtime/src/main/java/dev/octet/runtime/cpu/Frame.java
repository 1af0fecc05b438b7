package dev.octet.runtime.cpu;

import java.util.Map;

/**
 * What an operator works on.
 *
 * @param batch number of images
 * @param tensors values by node id
 */
record Frame(int batch, Map<Integer, Tensor> tensors) {
    /** A value. */
    Tensor tensor(int id) {
        return tensors.get(id);
    }
}
