package dev.octet.tools.onnx.file;

/** What may still be read of a file. A file of any size is refused rather than read for long or into all of the memory. */
final class Budget {
    private static final long FIELDS = 4_000_000;
    private static final long BYTES = 64L << 20;

    private long fields = FIELDS;
    private long bytes = BYTES;

    /** More structure than any network has. */
    static final class Exceeded extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Exceeded(String message) {
            super(message);
        }
    }

    void field() {
        if (--fields < 0) {
            throw new Exceeded("it has more than " + FIELDS + " fields besides the numbers of its tensors");
        }
    }

    void bytes(long count) {
        bytes -= count;
        if (bytes < 0) {
            throw new Exceeded("its names, attributes and small constants have more than " + BYTES + " bytes");
        }
    }
}
