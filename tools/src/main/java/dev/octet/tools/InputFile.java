package dev.octet.tools;

import dev.octet.plan.diag.OctetException;
import dev.octet.plan.io.StoredFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A file that was named, and so has to be there. */
public final class InputFile {
    private InputFile() {}

    /** Its text in UTF-8. Throws {@link OctetException} {@link ToolsCode#IO} if it cannot be read. */
    public static String text(Path file) {
        try {
            byte[] bytes = StoredFiles.read(file)
                    .orElseThrow(() -> new OctetException(ToolsCode.IO, "read", file, "it does not exist"));
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new OctetException(e, ToolsCode.IO, "read", file, StoredFiles.reason(file, e));
        }
    }
}
