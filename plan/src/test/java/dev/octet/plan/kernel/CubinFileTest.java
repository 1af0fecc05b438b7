package dev.octet.plan.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.plan.io.Sha256;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CubinFileTest {
    private static final long SEED = 7;
    private static final CubinFile FILE = new CubinFile(Sha256.hex("key"), Sha256.hex("source"), elf(1000));

    private static byte[] elf(int size) {
        byte[] bytes = new byte[size];
        new Random(SEED).nextBytes(bytes);
        return bytes;
    }

    @Test
    void readsWhatItWrote() {
        CubinFile read = CubinFile.read(FILE.write()).orElseThrow();
        assertThat(read.key()).isEqualTo(FILE.key());
        assertThat(read.source()).isEqualTo(FILE.source());
        assertThat(read.elf()).isEqualTo(FILE.elf());
    }

    @Test
    void beginsWithTheElfFile() {
        assertThat(Arrays.copyOf(FILE.write(), 1000)).isEqualTo(FILE.elf());
    }

    @Test
    void refusesAFileThatLostItsEndOrWhoseCodeChanged() {
        byte[] bytes = FILE.write();
        for (int i = 0; i < bytes.length; i++) {
            assertThat(CubinFile.read(Arrays.copyOf(bytes, i)))
                    .as("cut at %d", i)
                    .isEmpty();
            if (i < FILE.elf().length) {
                byte[] changed = bytes.clone();
                changed[i] ^= 1;
                assertThat(CubinFile.read(changed))
                        .as("byte %d, seed %d", i, SEED)
                        .isEmpty();
            }
        }
    }
}
