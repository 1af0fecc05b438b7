package dev.octet.cuda;

import dev.octet.cuda.driver.Context;
import dev.octet.plan.launch.Buffer;
import dev.octet.plan.launch.LaunchProgram;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongUnaryOperator;

/**
 * Where the values of a program lie in a session's memory.
 *
 * @param places place by value id
 */
record ValueMemory(Map<Integer, Place> places) {
    ValueMemory {
        places = Map.copyOf(places);
    }

    /**
     * A value of all images, which follow each other.
     *
     * @param address device address, a multiple of {@link Buffer#ALIGNMENT}
     * @param bytesPerImage size of one image
     * @param images images that there is room for
     */
    record Place(long address, long bytesPerImage, int images) {
        /** Says that whatever stands there is not needed any more. */
        void discard(Context.Current current, Context.Stream stream) {
            current.discard(address, bytesPerImage * images, stream);
        }

        /** Queues filling all of it. */
        void fill(Context.Current current, byte value, Context.Stream stream) {
            current.fill(address, value, bytesPerImage * images, stream);
        }
    }

    /**
     * The plan's layouts in one arena, in which values whose lives do not overlap share memory.
     *
     * @param programs programs of a session, of which one runs at a time
     * @param batch most images of a run
     * @param allocate allocates bytes and answers with their address
     * @throws ArithmeticException if a size overflows
     */
    static List<ValueMemory> shared(List<LaunchProgram> programs, int batch, LongUnaryOperator allocate) {
        long bytes = programs.stream()
                .mapToLong(program -> Math.multiplyExact(program.arenaBytesPerImage(), (long) batch))
                .max()
                .orElse(0);
        long arena = allocate.applyAsLong(bytes);
        return programs.stream().map(program -> in(arena, program, batch)).toList();
    }

    private static ValueMemory in(long arena, LaunchProgram program, int batch) {
        Map<Integer, Place> places = new TreeMap<>();
        for (Buffer buffer : program.buffers()) {
            long offset = Math.multiplyExact(buffer.offset(), (long) batch);
            places.put(buffer.value(), new Place(Math.addExact(arena, offset), buffer.bytesPerImage(), batch));
        }
        return new ValueMemory(places);
    }

    /** An allocation for each value, so that all can be read after a run; otherwise like {@link #shared}. */
    static List<ValueMemory> separate(List<LaunchProgram> programs, int batch, LongUnaryOperator allocate) {
        Map<Integer, Long> sizes = new TreeMap<>();
        for (LaunchProgram program : programs) {
            for (Buffer buffer : program.buffers()) {
                long bytes = Math.multiplyExact(buffer.bytesPerImage(), (long) batch);
                sizes.merge(buffer.value(), bytes, Math::max);
            }
        }
        Map<Integer, Long> addresses = new TreeMap<>();
        sizes.forEach((value, bytes) -> addresses.put(value, allocate.applyAsLong(bytes)));
        return programs.stream().map(program -> at(addresses, program, batch)).toList();
    }

    private static ValueMemory at(Map<Integer, Long> addresses, LaunchProgram program, int batch) {
        Map<Integer, Place> places = new TreeMap<>();
        for (Buffer buffer : program.buffers()) {
            places.put(buffer.value(), new Place(addresses.get(buffer.value()), buffer.bytesPerImage(), batch));
        }
        return new ValueMemory(places);
    }
}
