package dev.octet.simulator.execute;

/** Ends threads. */
public final class Exit implements Body {
    @Override
    public void run(Warp warp, int lanes) {
        warp.exit(lanes);
    }
}
