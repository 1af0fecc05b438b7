package dev.octet.toolchain;

import dev.octet.plan.diag.OctetException;
import dev.octet.toolchain.nvrtc.NvrtcProgram;
import dev.octet.toolchain.nvrtc.Reply;
import dev.octet.toolchain.nvrtc.Request;
import java.io.File;
import java.net.URL;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Processes that run NVRTC: as many as there are threads that ask, each for many kernels. Thread-safe. */
final class NvrtcProcesses implements AutoCloseable {
    private final NvrtcLibraries libraries;
    private final Duration limit;
    private final Deque<NvrtcProcess> idle = new ArrayDeque<>();
    private final Set<NvrtcProcess> all = new LinkedHashSet<>();
    private boolean closed;

    NvrtcProcesses(NvrtcLibraries libraries, Duration limit) {
        this.libraries = libraries;
        this.limit = limit;
    }

    /** Version and content of the libraries, without starting anything. */
    String identity() {
        return libraries.identity();
    }

    Reply ask(String kernel, Request request) {
        NvrtcProcess process = take();
        try {
            Reply reply = process.ask(kernel, request);
            giveBack(process);
            return reply;
        } catch (OctetException e) {
            forget(process);
            throw e;
        }
    }

    private NvrtcProcess take() {
        synchronized (this) {
            if (!idle.isEmpty()) {
                return idle.pop();
            }
        }
        NvrtcProcess started = NvrtcProcess.start("NVRTC " + identity(), libraries.home(), command(), limit);
        synchronized (this) {
            all.add(started);
            if (closed) {
                started.close();
            }
        }
        return started;
    }

    private synchronized void giveBack(NvrtcProcess process) {
        if (closed) {
            process.close();
        } else {
            idle.push(process);
        }
    }

    /** A process that fails has ended itself. */
    private synchronized void forget(NvrtcProcess process) {
        all.remove(process);
    }

    /** The libraries are loaded by this JDK, with as little memory as the program needs. */
    private List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-CreateCoredumpOnCrash"));
        command.addAll(List.of("-XX:ErrorFile=crash.log", "-Djava.io.tmpdir=.", "-Djna.tmpdir=.", "-Djna.nosys=true"));
        if (Runtime.version().feature() >= 22) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        String classPath = location(NvrtcProgram.class.getName()) + File.pathSeparator + location("com.sun.jna.Native");
        command.addAll(List.of("-classpath", classPath, NvrtcProgram.class.getName()));
        libraries.ready().forEach(library -> command.add(library.toString()));
        return command;
    }

    private Path location(String className) {
        String name = className.replace('.', '/') + ".class";
        URL url = NvrtcProcesses.class.getClassLoader().getResource(name);
        if (url == null) {
            throw new OctetException(
                    ToolchainCode.NVRTC_UNUSABLE, libraries.home(), "the class path lacks net.java.dev.jna:jna");
        }
        return ClassPathEntry.of(url, name);
    }

    @Override
    public synchronized void close() {
        closed = true;
        all.forEach(NvrtcProcess::close);
        libraries.close();
    }
}
