package dev.octet.tools.images;

import dev.octet.plan.Port;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.graph.Shape;
import dev.octet.tools.Images;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;

/**
 * Images of a NumPy array: bytes for an image input, floats for any other; with channels last or first, or without channels where
 * there is one.
 */
final class ArrayImages implements Images {
    private final NumpyArray array;
    private final int size;
    private final Shape shape;
    private final boolean floats;
    private final boolean reorder;

    private ArrayImages(NumpyArray array, Shape shape, boolean floats, boolean reorder) {
        this.array = array;
        this.size = array.shape().get(0);
        this.shape = shape;
        this.floats = floats;
        this.reorder = reorder;
    }

    /** Reads a file. Throws {@link OctetException} {@link ImagesCode#NUMPY} if it has not what the input takes. */
    static ArrayImages open(Path file, Port input) {
        boolean floats = input.image().isEmpty();
        Shape shape = input.shape();
        String wanted = (floats ? "floats (float32)" : "bytes (uint8)") + " of shape N x " + shape;
        NumpyArray array = NumpyArray.read(file, wanted);
        String found = "it has elements " + array.type() + " and shape " + array.shape();
        if (!array.type().equals(floats ? "f4" : "u1")) {
            throw new OctetException(ImagesCode.NUMPY, file, wanted, found);
        }
        List<Integer> one = array.shape().subList(1, array.shape().size());
        List<Integer> first = shape.dims();
        List<Integer> last = shape.rank() == 3 ? List.of(shape.height(), shape.width(), shape.channels()) : first;
        boolean flat = shape.channels() == 1 && shape.rank() == 3 && one.equals(first.subList(1, 3));
        if (!flat && !one.equals(first) && !one.equals(last)) {
            throw new OctetException(ImagesCode.NUMPY, file, wanted, found);
        }
        if (first.equals(last) && shape.channels() > 1 && shape.rank() == 3) {
            throw new OctetException(
                    ImagesCode.NUMPY,
                    file,
                    wanted,
                    found + ", which can have its channels first or last; give raw bytes");
        }
        // Images are wanted with channels last, floats with channels first.
        boolean asWanted = flat || one.equals(floats ? first : last);
        return new ArrayImages(array, shape, floats, !asWanted);
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public boolean floats() {
        return floats;
    }

    /** Floats are little-endian. */
    @Override
    public byte[] get(int i) {
        int bytes = floats ? Float.BYTES : 1;
        ByteBuffer one = ByteBuffer.allocate(shape.elements() * bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int j = 0; j < shape.elements(); j++) {
            int at = i * shape.elements() + (reorder ? other(j) : j);
            if (floats) {
                one.putFloat(array.data().getFloat(Float.BYTES * at));
            } else {
                one.put(array.data().get(at));
            }
        }
        return one.array();
    }

    /** Where element {@code j} of the wanted order stands in the other one. */
    private int other(int j) {
        int pixels = shape.pixels();
        int channels = shape.channels();
        return floats ? j % pixels * channels + j / pixels : j % channels * pixels + j / channels;
    }
}
