package demo;

import dev.octet.plan.table.CalibrationTable;
import dev.octet.runtime.Calibrator;
import dev.octet.runtime.Options;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/** Calibrates and runs the network through its typed class alone, in every way that it has. */
public final class UsesPose {
    private static final Random RANDOM = new Random(7);

    private UsesPose() {}

    private static byte[] photo() {
        byte[] photo = new byte[PoseNetwork.PHOTO_HEIGHT * PoseNetwork.PHOTO_WIDTH * PoseNetwork.PHOTO_CHANNELS];
        RANDOM.nextBytes(photo);
        return photo;
    }

    private static float[] meta() {
        float[] meta = new float[PoseNetwork.META_SIZE];
        for (int i = 0; i < meta.length; i++) {
            meta[i] = (float) RANDOM.nextGaussian();
        }
        return meta;
    }

    /** The results for two inputs, by run, by runBatch and by a session, one after another. */
    public static float[][] run(Path weights, Path table) throws IOException {
        CalibrationTable ranges = Calibrator.of(PoseNetwork.spec(), weights)
                .runExamples(IntStream.range(0, 20).mapToObj(i -> PoseNetwork.example(photo(), meta())));
        Files.writeString(table, ranges.write());
        byte[][] photos = {photo(), photo()};
        float[][] metas = {meta(), meta()};
        ByteBuffer images = ByteBuffer.allocateDirect(2 * PoseNetwork.PHOTO_SIZE).put(photos[0]).put(photos[1]).flip();
        FloatBuffer floats = FloatBuffer.allocate(2 * PoseNetwork.META_SIZE).put(metas[0]).put(metas[1]).flip();
        Options options = Options.onDevice("cpu").weights(weights).calibration(table);
        try (PoseNetwork network = PoseNetwork.open(options);
                PoseNetwork.Session session = network.newSession()) {
            PoseNetwork.Outputs first = network.run(photos[0], metas[0]);
            PoseNetwork.Outputs second = network.run(photos[1], metas[1]);
            FloatBuffer logits = FloatBuffer.allocate(2 * PoseNetwork.LOGITS_SIZE);
            FloatBuffer pose = FloatBuffer.allocate(2 * PoseNetwork.POSE_SIZE);
            network.runBatch(2, images, floats, logits, pose);
            session.photo().put(images);
            session.meta().put(floats);
            session.run(2);
            float[] sessionLogits = new float[2 * PoseNetwork.LOGITS_SIZE];
            float[] sessionPose = new float[2 * PoseNetwork.POSE_SIZE];
            session.logits().get(sessionLogits);
            session.pose().get(sessionPose);
            return new float[][] {
                joined(first.logits(), second.logits()),
                joined(first.pose(), second.pose()),
                logits.array(),
                pose.array(),
                sessionLogits,
                sessionPose
            };
        }
    }

    private static float[] joined(float[] first, float[] second) {
        float[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
