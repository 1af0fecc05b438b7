package dev.octet.tools.images;

import dev.octet.plan.ImageFormat.ChannelOrder;
import dev.octet.plan.Plan;
import dev.octet.testkit.DamagedCopies;
import dev.octet.tools.Images;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Archives, arrays and lists of classes that are not what they should be: each is read, or refused with a diagnostic, in bounded
 * memory and time. {@code -Doctet.fuzz.images=<n>} sets how many copies there are of each kind.
 */
@Timeout(value = 900, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DamagedPlacesTest {
    private static final int CASES = Integer.getInteger("octet.fuzz.images", 600);
    private static final long MOST_BYTES = 128L << 20;
    private static final Plan GRAY = PlanOfOne.image(ChannelOrder.GRAY, 6, 7);

    @TempDir
    private Path root;

    private boolean reads(Path place) {
        Images images = Dataset.images(place, GRAY, Selection.all());
        for (int i = 0; i < images.size(); i++) {
            if (images.get(i).length != 42) {
                throw new AssertionError("image " + i);
            }
        }
        return true;
    }

    private static byte[] packed() {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("a/", new byte[0]);
        entries.put("a/1.png", Places.png(7, 6, 1));
        entries.put("a/2.png", Places.png(20, 9, 2));
        entries.put("labels.txt", "1.png 2\n".getBytes(StandardCharsets.UTF_8));
        return Places.zip(entries);
    }

    /** Entries as they are, so that what is damaged in them gets further than to the unpacking. */
    private static byte[] stored() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (int i = 0; i < 3; i++) {
                byte[] png = Places.png(7 + i, 6, i);
                ZipEntry entry = new ZipEntry(i + "/x.png");
                CRC32 sum = new CRC32();
                sum.update(png);
                entry.setMethod(ZipEntry.STORED);
                entry.setSize(png.length);
                entry.setCrc(sum.getValue());
                out.putNextEntry(entry);
                out.write(png);
            }
        }
        return bytes.toByteArray();
    }

    @Test
    void archives() throws Exception {
        Path file = root.resolve("images.zip");
        DamagedCopies.of("IMAGE", packed(), stored())
                .allocating(MOST_BYTES)
                .check(CASES, CASES / 50, bytes -> reads(Files.write(file, bytes)));
    }

    @Test
    void arrays() throws Exception {
        Path file = root.resolve("images.npy");
        DamagedCopies.of(
                        "IMAGE",
                        Places.npy("|u1", "3, 6, 7", Places.counting(126)),
                        Places.npy("|u1", "2, 1, 6, 7", Places.counting(84)))
                .check(CASES, CASES / 50, bytes -> reads(Files.write(file, bytes)));
    }

    @Test
    void classes() throws Exception {
        Path place = Places.folder(root.resolve("p"), "a.png", "b.png", "c.png");
        Path file = root.resolve("classes.csv");
        DamagedCopies.of(
                        "IMAGE|BUILD",
                        "name,class\na.png,1\nb.png,2\nc.png,3\n".getBytes(StandardCharsets.UTF_8),
                        "a.png 4\nb.png 0\nc.png 1\n".getBytes(StandardCharsets.UTF_8),
                        "1\n2\n3\n".getBytes(StandardCharsets.UTF_8))
                .check(CASES, CASES / 50, bytes -> {
                    Files.write(file, bytes);
                    return Dataset.labelled(place, Optional.of(file), GRAY, Selection.all())
                                    .labels()
                                    .orElseThrow()
                                    .length
                            == 3;
                });
    }
}
