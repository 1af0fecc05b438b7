package dev.octet.tools;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;

/** A network with one image input and one output of scores, for example {@code network::runBatch}. */
@FunctionalInterface
public interface Classifier {
    /**
     * Runs {@code n} images.
     *
     * @param n number of images
     * @param images direct, n images of HWC bytes from the buffer's position
     * @param scores direct, room for n times the scores of an image from the buffer's position
     */
    void run(int n, ByteBuffer images, FloatBuffer scores);
}
