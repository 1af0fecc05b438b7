package dev.octet.tools.images;

import dev.octet.tools.Images;

/**
 * Some images of others, in order. Files that were decoded once are kept as long as there is room, a quarter of the heap; all others
 * are in memory as they are.
 */
final class KeptImages implements Images {
    private static final int SHARE_OF_MEMORY = 4;

    private final Images all;
    private final int[] chosen;
    private final byte[][] kept;
    private long room;

    KeptImages(Images all, int[] chosen) {
        this.all = all;
        this.chosen = chosen;
        this.kept = new byte[chosen.length][];
        this.room = all instanceof NamedImages ? Runtime.getRuntime().maxMemory() / SHARE_OF_MEMORY : 0;
    }

    @Override
    public int size() {
        return chosen.length;
    }

    @Override
    public int available() {
        return all.size();
    }

    @Override
    public boolean floats() {
        return all.floats();
    }

    @Override
    public synchronized byte[] get(int i) {
        if (kept[i] != null) {
            return kept[i].clone();
        }
        byte[] image = all.get(chosen[i]);
        if (image.length <= room) {
            room -= image.length;
            kept[i] = image.clone();
        }
        return image;
    }
}
