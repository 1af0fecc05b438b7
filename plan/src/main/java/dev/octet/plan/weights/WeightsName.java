package dev.octet.plan.weights;

import java.nio.file.Path;

/**
 * The name of a weights file as a definition's annotation gives it: relative to the folder of the build inputs, and below
 * it. It means the same file on every system, so that {@code /} is the only separator, and what would leave the folder on
 * any of them is refused: absolute paths, drives, and {@code ..}.
 *
 * @param text the name, for example {@code v2/fashion.safetensors}
 */
public record WeightsName(String text) {
    /** Throws {@link IllegalArgumentException} that says what is wrong with the name. */
    public WeightsName {
        require(!text.isBlank() && !text.endsWith("/"), "names no file", text);
        require(text.chars().noneMatch(Character::isISOControl), "has a control character", text);
        require(text.indexOf('\\') < 0, "has a backslash, but folders are separated by /", text);
        require(!text.startsWith("/") && !text.matches("[A-Za-z]:.*"), "is not relative to the octet folder", text);
        require(!text.matches(".*[<>:\"|?*].*"), "has a character that Windows does not allow: < > : \" | ? *", text);
        for (String part : text.split("/")) {
            require(!part.isEmpty() && !part.equals(".") && !part.equals(".."), "is not a path without . and ..", text);
        }
    }

    /** The file below a folder; {@link java.nio.file.InvalidPathException} if this system has no such letters in paths. */
    public Path below(Path folder) {
        return folder.resolve(text);
    }

    private static void require(boolean holds, String otherwise, String text) {
        if (!holds) {
            throw new IllegalArgumentException("\"" + text.replaceAll("\\p{Cntrl}", "?") + "\" " + otherwise);
        }
    }
}
