package dev.octet.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.tools.SampleModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of {@code docs/gradle.md} do what the page says. */
class GradleDocumentTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "gradle.md");
    private static final Pattern TASK = Pattern.compile("args\\((.*)\\)");
    private static final Pattern COMMAND = Pattern.compile("(?m)^java -jar octet\\.jar (.*)$");

    @TempDir
    private Path folder;

    /** The arguments in the places of a test's module. */
    private String[] placed(SampleRuns runs, List<String> arguments) {
        return arguments.stream()
                .map(argument -> switch (argument) {
                    case "build/classes/java/main" -> runs.module().classes().toString();
                    case "src/main/octet" -> runs.module().sources().toString();
                    case "images.u8" -> runs.images().toString();
                    case "sample.onnx", "sample.html" ->
                        folder.resolve(argument).toString();
                    default -> argument;
                })
                .toArray(String[]::new);
    }

    @Test
    void theTaskQuantisesWeights() throws IOException {
        SampleRuns runs = SampleRuns.in(folder);
        Files.delete(runs.quantised());
        Matcher matcher = TASK.matcher(Files.readString(DOCUMENT));
        assertThat(matcher.find()).isTrue();
        List<String> arguments = Arrays.stream(matcher.group(1).split(","))
                .map(argument -> argument.strip().replace("\"", ""))
                .toList();
        assertThat(arguments).startsWith("weights");
        Command.run(placed(runs, arguments)).success();
        assertThat(runs.quantised()).isNotEmptyFile();
    }

    @Test
    void theCommandsRunInTheirOrder() throws IOException {
        SampleRuns runs = SampleRuns.in(folder);
        Files.delete(runs.table());
        List<String> commands = COMMAND.matcher(Files.readString(DOCUMENT))
                .results()
                .map((MatchResult result) -> result.group(1))
                .toList();
        assertThat(commands).hasSizeGreaterThan(4).allMatch(command -> command.contains(SampleModule.NETWORK));
        for (String command : commands) {
            Command.run(placed(runs, List.of(command.split(" ")))).success();
        }
        assertThat(runs.table()).isNotEmptyFile();
        assertThat(folder.resolve("sample.onnx")).isNotEmptyFile();
        assertThat(folder.resolve("sample.html")).isNotEmptyFile();
    }
}
