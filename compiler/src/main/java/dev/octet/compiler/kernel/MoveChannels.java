package dev.octet.compiler.kernel;

import dev.octet.plan.graph.ChannelMap;
import dev.octet.plan.io.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Concatenation, choice and padding of channels: runs of channels of some operands come to their places in the result, all
 * other lanes become zero. The bytes stay what they are, of whatever type.
 *
 * @param pixels pixels of an image
 * @param channels logical channels of the result
 * @param runs what each operand gives, one an operand, in the order of the result
 */
public record MoveChannels(int pixels, int channels, List<Run> runs) implements KernelSpec {
    private static final int LONGEST_LIST = 120;
    private static final int HASH_DIGITS = 16;

    /**
     * Neighbouring channels of an operand.
     *
     * @param channels logical channels of the operand
     * @param from first channel in the operand
     * @param to first channel in the result
     * @param count number of channels
     */
    public record Run(int channels, int from, int to, int count) {
        public Run {
            if (from < 0 || to < 0 || count < 1 || count > channels - from) {
                throw new IllegalArgumentException("no run of channels: " + from + "+" + count + " of " + channels);
            }
        }

        /** The operand's lanes. */
        public int pitch() {
            return ChannelMap.padded(channels).pitch();
        }

        /** Whether the run consists of whole units of lanes, those of zeros behind the operand's last channel included. */
        private boolean isOfUnits(int unit) {
            boolean whole = count % unit == 0 || from + count == channels;
            return whole && from % unit == 0 && to % unit == 0;
        }

        /** The run as part of a name: short if it is a whole operand that begins where the one before has ended. */
        private String text(int next) {
            boolean whole = from == 0 && count == channels && to == next;
            return whole ? String.valueOf(count) : channels + "f" + from + "t" + to + "n" + count;
        }
    }

    public MoveChannels {
        runs = List.copyOf(runs);
        if (pixels < 1 || channels < 1 || runs.isEmpty()) {
            throw new IllegalArgumentException("nothing to move");
        }
        int end = 0;
        for (Run run : runs) {
            if (run.to() < end || run.count() > channels - run.to()) {
                throw new IllegalArgumentException("runs overlap or exceed " + channels + " channels: " + runs);
            }
            end = run.to() + run.count();
        }
    }

    /** Lanes of a pixel of the result. */
    public int pitch() {
        return ChannelMap.padded(channels).pitch();
    }

    /** Lanes that move at once: 16 or 4 if all runs consist of such units, else 1. */
    public int unit() {
        return Stream.of(16, 4)
                .filter(unit -> runs.stream().allMatch(run -> run.isOfUnits(unit)))
                .findFirst()
                .orElse(1);
    }

    @Override
    public String variant() {
        return "channels" + unit();
    }

    @Override
    public int items() {
        return pixels * (pitch() / unit());
    }

    @Override
    public String canonicalName() {
        String list = list();
        return variant() + "_" + pixels + "_" + channels + "_"
                + (list.length() > LONGEST_LIST ? "h" + Sha256.hex(list).substring(0, HASH_DIGITS) : list);
    }

    /** All runs; equal ones in a row are counted. */
    private String list() {
        List<String> texts = new ArrayList<>();
        int next = 0;
        int times = 1;
        for (Run run : runs) {
            String text = run.text(next);
            next = run.to() + run.count();
            int last = texts.size() - 1;
            if (last >= 0 && texts.get(last).equals(times == 1 ? text : text + "x" + times)) {
                times++;
                texts.set(last, text + "x" + times);
            } else {
                times = 1;
                texts.add(text);
            }
        }
        return String.join("_", texts);
    }
}
