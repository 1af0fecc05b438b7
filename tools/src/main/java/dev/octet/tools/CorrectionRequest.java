package dev.octet.tools;

import dev.octet.plan.Plan;
import dev.octet.plan.diag.OctetException;
import dev.octet.plan.weights.Safetensors;
import dev.octet.tools.accuracy.BiasMeans;
import dev.octet.tools.accuracy.WeightCorrection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;

/**
 * How the weights of a network are to be corrected.
 *
 * @param correction what is done
 */
public record CorrectionRequest(WeightCorrection correction) {
    /**
     * A request in words.
     *
     * @param bias name of a {@link BiasMeans}; {@link OctetException} {@link ToolsCode#BIAS} if there is none
     * @param equalize whether channels are equalised
     */
    public static CorrectionRequest of(String bias, boolean equalize) {
        BiasMeans means = Arrays.stream(BiasMeans.values())
                .filter(kind -> kind.text().equals(bias))
                .findFirst()
                .orElseThrow(() -> new OctetException(
                        ToolsCode.BIAS,
                        bias,
                        Arrays.stream(BiasMeans.values()).map(BiasMeans::text).collect(Collectors.joining(", "))));
        return new CorrectionRequest(
                new WeightCorrection(equalize, means, Runtime.getRuntime().availableProcessors()));
    }

    /**
     * Corrects the weights of a network that has a calibration table, and writes the corrections beside it.
     *
     * @param sources folder of the build inputs, {@code src/main/octet}
     * @param images training images
     * @param progress told the number of images that were run
     * @return the files that were written
     */
    public List<Path> run(BuiltNetwork network, Path sources, Images images, IntConsumer progress) {
        Plan plan = network.plan();
        WeightCorrection.Result result = correction.run(
                plan,
                Safetensors.open(WeightsSource.find(network, sources)),
                CorrectionsInput.table(network, sources),
                images,
                progress);
        List<Path> files = new ArrayList<>();
        if (correction.equalize()) {
            Path table = TableInstall.source(sources, network.name());
            TableInstall.save(result.table(), table);
            files.add(table);
        }
        Path corrections = CorrectionsInput.source(sources, network.name());
        CorrectionsInput.save(result.corrections(), corrections);
        files.add(corrections);
        return files;
    }
}
