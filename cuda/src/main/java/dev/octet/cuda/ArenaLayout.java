package dev.octet.cuda;

import dev.octet.plan.launch.Buffer;
import dev.octet.plan.launch.LaunchProgram;
import java.util.HashMap;
import java.util.Map;

/**
 * Where the values of a program lie in a session's arena.
 *
 * @param places place by value id
 * @param bytes size of the arena
 */
record ArenaLayout(Map<Integer, Place> places, long bytes) {
    ArenaLayout {
        places = Map.copyOf(places);
    }

    /**
     * A value of all images.
     *
     * @param offset bytes from the arena's start, a multiple of {@link Buffer#ALIGNMENT}
     * @param bytesPerImage size of one image; the images follow each other
     */
    record Place(long offset, long bytesPerImage) {}

    /** The plan's layout, in which values whose lives do not overlap share memory. */
    static ArenaLayout shared(LaunchProgram program, int batch) {
        Map<Integer, Place> places = new HashMap<>();
        for (Buffer buffer : program.buffers()) {
            long offset = Math.multiplyExact(buffer.offset(), (long) batch);
            places.put(buffer.value(), new Place(offset, buffer.bytesPerImage()));
        }
        return new ArenaLayout(places, Math.multiplyExact(program.arenaBytesPerImage(), (long) batch));
    }

    /** One place for each value, so that all can be read after a run. */
    static ArenaLayout separate(LaunchProgram program, int batch) {
        Map<Integer, Place> places = new HashMap<>();
        long end = 0;
        for (Buffer buffer : program.buffers()) {
            places.put(buffer.value(), new Place(end, buffer.bytesPerImage()));
            end = Math.addExact(end, aligned(Math.multiplyExact(buffer.bytesPerImage(), (long) batch)));
        }
        return new ArenaLayout(places, end);
    }

    /** The next multiple of {@link Buffer#ALIGNMENT}. */
    static long aligned(long bytes) {
        return Math.multiplyExact((Math.addExact(bytes, Buffer.ALIGNMENT - 1L)) / Buffer.ALIGNMENT, Buffer.ALIGNMENT);
    }
}
