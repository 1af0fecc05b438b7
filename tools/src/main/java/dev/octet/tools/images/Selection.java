package dev.octet.tools.images;

import dev.octet.plan.diag.OctetException;
import dev.octet.tools.ToolsCode;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Which images of many are used.
 *
 * @param most number of images, if there are as many; {@link Integer#MAX_VALUE} for all
 * @param seed draws them at random; without it they are the first of a file, and evenly spread over a folder or archive, whose
 *     beginning would be a single class
 */
public record Selection(int most, Optional<Long> seed) {
    public Selection {
        if (most < 1) {
            throw new OctetException(ToolsCode.COUNT, "examples", most);
        }
    }

    /** All images. */
    public static Selection all() {
        return new Selection(Integer.MAX_VALUE, Optional.empty());
    }

    /** At most some images, or all. */
    public static Selection of(Optional<Integer> most, Optional<Long> seed) {
        return new Selection(most.orElse(Integer.MAX_VALUE), seed);
    }

    /** The first, or evenly spread ones. */
    public static Selection of(int most) {
        return new Selection(most, Optional.empty());
    }

    /** Indices in ascending order. */
    int[] indices(int size, boolean spread) {
        if (size <= most) {
            return IntStream.range(0, size).toArray();
        }
        if (seed.isPresent()) {
            return drawn(size, new Random(seed.get()));
        }
        return IntStream.range(0, most)
                .map(i -> spread ? (int) ((long) i * size / most) : i)
                .toArray();
    }

    /** Without replacement: the beginning of a shuffle of Fisher and Yates. */
    private int[] drawn(int size, Random random) {
        int[] all = IntStream.range(0, size).toArray();
        for (int i = 0; i < most; i++) {
            int other = i + random.nextInt(size - i);
            int taken = all[other];
            all[other] = all[i];
            all[i] = taken;
        }
        return IntStream.of(all).limit(most).sorted().toArray();
    }
}
