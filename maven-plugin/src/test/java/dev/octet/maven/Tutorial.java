package dev.octet.maven;

import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Executes a page of Markdown whose blocks are files ({@code ```java src/main/java/A.java}), commands of a shell ({@code ```sh}) and
 * lines that the commands before must have printed ({@code ```text}, where {@code ...} stands for anything).
 */
public final class Tutorial {
    private static final Pattern BLOCK =
            Pattern.compile("^```(\\w+) ?(\\S*)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

    private final Path folder;
    private final String mavenOptions;
    private final Path root;
    private String printed = "";

    private Tutorial(Path folder, String mavenOptions, Path root) {
        this.folder = folder;
        this.mavenOptions = mavenOptions;
        this.root = root;
    }

    /** A block: its language, the file that it is, and its content. */
    record Block(String language, String file, String content) {}

    /** The blocks of a page in their order. */
    static List<Block> blocks(String page) {
        List<Block> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(page);
        while (matcher.find()) {
            blocks.add(new Block(matcher.group(1), matcher.group(2), matcher.group(3)));
        }
        return blocks;
    }

    /**
     * Executes a page; called by the script of an integration test.
     *
     * @param page the Markdown file
     * @param folder an empty folder
     * @param repository local repository that has the artifacts of this build
     * @param downloaded local repository of this build, from which others come
     * @throws AssertionError if a command fails, or does not print what the page says
     */
    public static void run(File page, File folder, File repository, File downloaded) throws Exception {
        Path root = page.getAbsoluteFile().toPath().getParent().getParent();
        String template = Files.readString(root.resolve("maven-plugin/src/it/settings.xml"));
        Path settings = folder.getAbsoluteFile().toPath().resolveSibling("tutorial-settings.xml");
        Files.writeString(
                settings,
                template.replace("@localRepositoryUrl@", downloaded.toURI().toString()));
        Files.createDirectories(folder.toPath());
        String options = "-B -ntp -s '" + settings + "' '-Dmaven.repo.local=" + repository + "'";
        Tutorial tutorial = new Tutorial(folder.toPath(), options, root);
        List<Block> blocks = blocks(Files.readString(page.toPath()));
        if (blocks.size() < 5) {
            throw new AssertionError(page + " has " + blocks.size() + " blocks");
        }
        for (Block block : blocks) {
            tutorial.execute(block);
        }
    }

    private void execute(Block block) throws IOException, InterruptedException {
        if (!block.file().isEmpty()) {
            Path file = folder.resolve(block.file());
            Files.createDirectories(file.getParent());
            Files.writeString(file, block.content());
        } else if (block.language().equals("sh")) {
            command(block.content());
        } else if (block.language().equals("text")) {
            block.content().lines().forEach(this::requirePrinted);
        } else {
            throw new AssertionError("a block that is neither a file nor a command: " + block);
        }
    }

    private void command(String text) throws IOException, InterruptedException {
        String maven = Path.of(System.getProperty("maven.home"), "bin", "mvn").toString();
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String functions =
                "mvn() { '" + maven + "' " + mavenOptions + " \"$@\"; }\njava() { '" + java + "' \"$@\"; }\n";
        ProcessBuilder builder = new ProcessBuilder("sh", "-e", "-c", functions + text)
                .directory(folder.toFile())
                .redirectErrorStream(true);
        builder.environment().put("OCTET", root.toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        process.getOutputStream().close();
        printed = new String(process.getInputStream().readAllBytes(), Charset.defaultCharset());
        if (process.waitFor() != 0) {
            throw new AssertionError(text + " failed:\n" + printed);
        }
    }

    private void requirePrinted(String line) {
        String pattern =
                Stream.of(line.split("\\.\\.\\.", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        if (printed.lines().noneMatch(found -> found.stripTrailing().matches(pattern))) {
            throw new AssertionError("nothing like '" + line + "' was printed:\n" + printed);
        }
    }
}
