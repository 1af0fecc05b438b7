package dev.octet.maven;

/** A program that warns in the ways in which commands do, and ends with the exit status that it is given. */
final class Warnings {
    private Warnings() {}

    public static void main(String[] arguments) {
        System.getLogger("dev.octet.sample").log(System.Logger.Level.INFO, "No cuda: there is no driver.");
        System.getLogger("dev.octet.sample").log(System.Logger.Level.WARNING, "runs on cpu");
        System.err.println("a driver's own words");
        System.err.println("[OCTET-RUN-001] There is no device 'gpu'.");
        System.out.println("done");
        System.exit(Integer.parseInt(arguments[0]));
    }
}
