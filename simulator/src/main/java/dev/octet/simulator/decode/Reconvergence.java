package dev.octet.simulator.decode;

import dev.octet.simulator.execute.Warp;
import java.util.Arrays;
import java.util.List;

/**
 * Where the ways of a branch meet again: at its immediate post-dominator, by the algorithm of Cooper, Harvey and
 * Kennedy ("A Simple, Fast Dominance Algorithm", 2001) on the reversed flow of control.
 */
final class Reconvergence {
    private static final int UNKNOWN = -1;

    private final int exit;
    private final int[][] successors;
    private final int[] postDominator;

    /** Position in a postorder of the reversed flow; the exit has the highest. */
    private final int[] position;

    private Reconvergence(List<int[]> successors) {
        this.exit = successors.size();
        this.successors = successors.toArray(int[][]::new);
        this.postDominator = new int[exit + 1];
        this.position = new int[exit + 1];
    }

    /**
     * Where the ways of each operation meet: an operation, or {@link Warp#NOWHERE}.
     *
     * @param successors the operations that may follow each; the number of operations stands for the end of the thread
     */
    static int[] meetings(List<int[]> successors) {
        Reconvergence flow = new Reconvergence(successors);
        flow.solve(flow.order());
        int[] meetings = new int[flow.exit];
        for (int i = 0; i < flow.exit; i++) {
            int meeting = flow.postDominator[i];
            meetings[i] = meeting == UNKNOWN || flow.endsAt(meeting) ? Warp.NOWHERE : meeting;
        }
        return meetings;
    }

    /** Threads that meet only to end need not wait for each other. */
    private boolean endsAt(int operation) {
        return operation == exit || successors[operation].length == 1 && successors[operation][0] == exit;
    }

    /** A postorder of the operations from which the end can be reached. */
    private int[] order() {
        int[][] predecessors = predecessors();
        int[] order = new int[exit + 1];
        int[] stack = new int[exit + 1];
        int[] child = new int[exit + 1];
        boolean[] seen = new boolean[exit + 1];
        Arrays.fill(position, UNKNOWN);
        int count = 0;
        int depth = 0;
        stack[depth++] = exit;
        seen[exit] = true;
        while (depth > 0) {
            int node = stack[depth - 1];
            if (child[node] == predecessors[node].length) {
                position[node] = count;
                order[count++] = node;
                depth--;
            } else {
                int next = predecessors[node][child[node]++];
                if (!seen[next]) {
                    seen[next] = true;
                    stack[depth++] = next;
                }
            }
        }
        return Arrays.copyOf(order, count);
    }

    private int[][] predecessors() {
        int[] counts = new int[exit + 1];
        for (int[] next : successors) {
            for (int node : next) {
                counts[node]++;
            }
        }
        int[][] predecessors = new int[exit + 1][];
        Arrays.setAll(predecessors, node -> new int[counts[node]]);
        for (int i = 0; i < exit; i++) {
            for (int node : successors[i]) {
                predecessors[node][--counts[node]] = i;
            }
        }
        return predecessors;
    }

    private void solve(int[] order) {
        Arrays.fill(postDominator, UNKNOWN);
        postDominator[exit] = exit;
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int i = order.length - 2; i >= 0; i--) {
                int node = order[i];
                int common = commonOfSuccessors(node);
                changed |= common != postDominator[node];
                postDominator[node] = common;
            }
        }
    }

    private int commonOfSuccessors(int node) {
        int common = UNKNOWN;
        for (int next : successors[node]) {
            if (postDominator[next] != UNKNOWN) {
                common = common == UNKNOWN ? next : common(common, next);
            }
        }
        return common;
    }

    private int common(int a, int b) {
        int x = a;
        int y = b;
        while (x != y) {
            while (position[x] < position[y]) {
                x = postDominator[x];
            }
            while (position[y] < position[x]) {
                y = postDominator[y];
            }
        }
        return x;
    }
}
