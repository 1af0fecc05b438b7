package dev.octet.maven;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what a command says. */
final class CommandLines implements CommandProcess.Listener {
    final List<String> printed = new CopyOnWriteArrayList<>();
    final List<String> warned = new CopyOnWriteArrayList<>();

    @Override
    public void printed(String line) {
        printed.add(line);
    }

    @Override
    public void warned(String line) {
        warned.add(line);
    }
}
