package dev.octet.codegen;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Texts on this module's class path, below {@code templates/}. */
public final class TemplateText {
    private TemplateText() {}

    /** The text at {@code path}, with line feeds; {@link IllegalStateException} if there is none. */
    public static String read(String path) {
        try (InputStream in = TemplateText.class.getResourceAsStream("templates/" + path)) {
            if (in == null) {
                throw new IllegalStateException("no template " + path + " on the class path of " + TemplateText.class);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read template " + path, e);
        }
    }
}
