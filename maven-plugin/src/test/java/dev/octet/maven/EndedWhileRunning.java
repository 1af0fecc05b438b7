package dev.octet.maven;

import java.nio.file.Path;
import java.util.List;

/**
 * A JVM that is told to end while a command runs, as Maven is by Ctrl+C. It prints what becomes of the command: its main thread is
 * waited for, which the end of a JVM would cut off otherwise.
 */
final class EndedWhileRunning {
    private EndedWhileRunning() {}

    public static void main(String[] arguments) {
        Thread running = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> join(running)));
        CommandProcess.Listener ending = new CommandProcess.Listener() {
            @Override
            public void printed(String line) {
                new Thread(() -> System.exit(0)).start();
            }

            @Override
            public void warned(String line) {}
        };
        try {
            new CommandProcess("com.acme.Fashion", "cuda:0", Path.of(arguments[0]))
                    .run(Sleeper.class.getName(), List.of(), List.of(), ending);
        } catch (RuntimeException e) {
            System.out.println(e.getMessage());
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join(60_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A command without an end. */
    static final class Sleeper {
        private Sleeper() {}

        public static void main(String[] arguments) throws InterruptedException {
            System.out.println("begun");
            Thread.sleep(120_000);
        }
    }
}
