package dev.octet.toolchain;

import dev.octet.plan.diag.OctetException;
import dev.octet.toolchain.nvrtc.Reply;
import dev.octet.toolchain.nvrtc.Request;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One forked program that answers requests, one at a time. Whatever goes wrong ends the process: at the time limit, at
 * an interruption, and when it answers nonsense.
 */
final class NvrtcProcess implements AutoCloseable {
    private final String identity;
    private final Duration limit;
    private final WorkFolder folder;
    private final Process process;
    private final ProcessOutput errors;
    private final DataOutputStream requests;
    private final DataInputStream replies;

    private NvrtcProcess(String identity, Duration limit, WorkFolder folder, Process process) {
        this.identity = identity;
        this.limit = limit;
        this.folder = folder;
        this.process = process;
        this.errors = ProcessOutput.of(process.getErrorStream());
        this.requests = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
        this.replies = new DataInputStream(new BufferedInputStream(process.getInputStream()));
    }

    /**
     * Starts the program and waits until it has loaded its libraries.
     *
     * @param identity for messages
     * @param home where the libraries are from, for messages
     * @param command program with its arguments
     * @param limit longest time for the start, and for each request
     */
    static NvrtcProcess start(String identity, Object home, List<String> command, Duration limit) {
        WorkFolder folder = WorkFolder.create();
        NvrtcProcess started;
        try {
            started = new NvrtcProcess(
                    identity, limit, folder, builder(command, folder).start());
        } catch (IOException e) {
            folder.close();
            throw new OctetException(e, ToolchainCode.NOT_STARTED, command.get(0), e.getMessage());
        }
        Reply greeting = started.within("(at its start)", () -> Reply.read(started.replies));
        if (greeting.status() != 0) {
            started.close();
            throw new OctetException(ToolchainCode.NVRTC_UNUSABLE, home, CompilerLog.brief(greeting.log()));
        }
        return started;
    }

    private static ProcessBuilder builder(List<String> command, WorkFolder folder) {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.path().toFile());
        builder.environment().put("LC_ALL", "C");
        builder.environment().put("TMPDIR", folder.path().toString());
        // Options from outside would change the result, or this program, without changing the cache key.
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("NVRTC_")
                        || name.startsWith("NVJITLINK_")
                        || List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS")
                                .contains(name));
        return builder;
    }

    /** Sends a request and waits for its reply. */
    Reply ask(String kernel, Request request) {
        return within(kernel, () -> {
            request.write(requests);
            return Reply.read(replies);
        });
    }

    private Reply within(String kernel, Callable<Reply> exchange) {
        FutureTask<Reply> task = new FutureTask<>(exchange);
        Thread thread = new Thread(task, "octet-nvrtc");
        thread.setDaemon(true);
        thread.start();
        boolean done = false;
        try {
            Reply reply = task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            done = true;
            return reply;
        } catch (TimeoutException e) {
            throw new OctetException(e, ToolchainCode.TIME_LIMIT, identity, kernel, limit.toSeconds());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OctetException(e, ToolchainCode.INTERRUPTED, identity);
        } catch (ExecutionException e) {
            throw new OctetException(e, ToolchainCode.NVRTC_ENDED, identity, kernel, failure(e.getCause()));
        } finally {
            if (!done) {
                close();
            }
        }
    }

    private String failure(Throwable cause) {
        String found = "it answered nonsense (" + cause.getMessage() + ")";
        try {
            if (process.waitFor(2, TimeUnit.SECONDS)) {
                errors.join(1000);
                found = "it ended with exit status " + process.exitValue();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        String said = CompilerLog.brief(errors.text());
        return said.isEmpty() ? found : found + " and said \"" + said + "\"";
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        Tool.kill(process);
        // Its folder can go when it is gone, which takes a moment; an interrupted build waits for that, too.
        process.onExit().completeOnTimeout(process, 2, TimeUnit.SECONDS).join();
        folder.close();
    }
}
