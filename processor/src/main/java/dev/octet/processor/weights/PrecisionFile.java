package dev.octet.processor.weights;

import dev.octet.plan.diag.OctetException;
import dev.octet.plan.io.BoundedInput;
import dev.octet.plan.io.StoredFiles;
import dev.octet.plan.table.PrecisionTable;
import dev.octet.plan.weights.WeightsCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/**
 * The precision file of a definition, {@code <binary name>.precision} beside the weights; or that there is none.
 *
 * @param text its content; empty if there is none
 * @param table what it says
 */
public record PrecisionFile(String text, Optional<PrecisionTable> table) {
    /** Reads a file; {@link OctetException} says what is wrong with it. */
    public static PrecisionFile of(Optional<Path> file) {
        if (file.isEmpty()) {
            return new PrecisionFile("", Optional.empty());
        }
        String text = read(file.get());
        return new PrecisionFile(
                text,
                Optional.of(PrecisionTable.read(text, file.get().getFileName().toString())));
    }

    private static String read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = BoundedInput.read(in, PrecisionTable.MAX_BYTES)
                    .orElseThrow(() -> new OctetException(
                            WeightsCode.UNREADABLE, file, "it has more than " + PrecisionTable.MAX_BYTES + " bytes"));
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new OctetException(e, WeightsCode.UNREADABLE, file, StoredFiles.reason(file, e));
        }
    }

    /** The names that it lists, all of which the network has; {@link OctetException} if not. */
    public Set<String> names(String network, Collection<String> known) {
        table.ifPresent(found -> found.check(network, known));
        return table.<Set<String>>map(PrecisionTable::fp32).orElse(Set.of());
    }
}
