package dev.octet.toolchain.nvrtc;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A program that speaks like the real one and fails in a way that is asked for. */
public final class FakeNvrtc {
    private FakeNvrtc() {}

    /** Takes how to fail. */
    public static void main(String[] arguments) throws Exception {
        DataOutputStream out = new DataOutputStream(System.out);
        String mode = arguments[0];
        if (mode.equals("hang at start")) {
            Thread.sleep(60_000);
        }
        if (mode.equals("refuse at start")) {
            Reply.of(1, "libnvrtc.so.12: wrong ELF class").write(out);
            return;
        }
        Reply.of(0, "").write(out);
        NvrtcProgram.serve(request -> answer(mode, request, out), System.in, out);
    }

    private static Reply answer(String mode, Request request, DataOutputStream out) {
        try {
            switch (mode) {
                case "hang" -> Thread.sleep(60_000);
                case "crash" -> {
                    System.err.println("SIGSEGV in the front end");
                    Runtime.getRuntime().halt(134);
                }
                case "chatter" -> out.write("warning: printed by a library\n".getBytes(StandardCharsets.US_ASCII));
                case "boast" -> {
                    Frames.begin(out);
                    out.writeInt(0);
                    out.writeInt(Integer.MAX_VALUE);
                }
                default -> {
                    String log = mode + " " + ProcessHandle.current().pid() + " " + request.options();
                    return new Reply(request.work() == Request.Work.COMPILE ? 0 : 6, log, request.input());
                }
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return Reply.of(0, "");
    }
}
