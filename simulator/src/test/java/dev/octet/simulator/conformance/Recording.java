package dev.octet.simulator.conformance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * What a GPU made of the programs. As text: lines that begin with {@code #} tell where it comes from, every other has a
 * program's hash, its deflated output in base 64, and its name for readers.
 *
 * @param origin what the GPU, its driver and the date were
 * @param outputs output by hash of the program
 */
record Recording(List<String> origin, Map<String, byte[]> outputs) {
    private static final String RESOURCE = "gpu-results.txt";

    /** The recording among the resources. */
    static Recording committed() {
        try (InputStream in = Recording.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("there is no " + RESOURCE + " beside " + Recording.class);
            }
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Recording parse(String text) {
        List<String> origin = text.lines()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.substring(2))
                .toList();
        Map<String, byte[]> outputs = new TreeMap<>();
        text.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            String[] parts = line.split(" ", 3);
            outputs.put(parts[0], inflate(Base64.getDecoder().decode(parts[1])));
        });
        return new Recording(origin, outputs);
    }

    /** The text for outputs of these programs, in their order. */
    String text(List<Program> programs) {
        StringBuilder text = new StringBuilder();
        origin.forEach(line -> text.append("# ").append(line).append('\n'));
        for (Program program : programs) {
            byte[] output = outputs.get(program.hash());
            if (output != null) {
                String base64 = Base64.getEncoder().withoutPadding().encodeToString(deflate(output));
                text.append(program.hash())
                        .append(' ')
                        .append(base64)
                        .append(' ')
                        .append(program.name())
                        .append('\n');
            }
        }
        return text.toString();
    }

    private static byte[] deflate(byte[] bytes) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        try {
            deflater.setInput(bytes);
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] buffer = new byte[4096];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
            return out.toByteArray();
        } finally {
            deflater.end();
        }
    }

    private static byte[] inflate(byte[] bytes) {
        Inflater inflater = new Inflater(true);
        try {
            // Without a header, the inflater wants one byte more than there is.
            inflater.setInput(Arrays.copyOf(bytes, bytes.length + 1));
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] buffer = new byte[4096];
            while (!inflater.finished()) {
                int count = inflater.inflate(buffer);
                if (count == 0 && !inflater.finished()) {
                    throw new IllegalArgumentException("a recorded output is cut off");
                }
                out.write(buffer, 0, count);
            }
            return out.toByteArray();
        } catch (DataFormatException e) {
            throw new IllegalArgumentException("a recorded output is damaged", e);
        } finally {
            inflater.end();
        }
    }
}
