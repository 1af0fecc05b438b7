package dev.octet.plan.io;

import java.util.Locale;

/** What native code would have to be made for. */
public final class Platform {
    /** The only platform that native code is loaded on. */
    public static final String LINUX_X86_64 = "linux-x86_64";

    private Platform() {}

    /** The system and processor of this Java, for example {@link #LINUX_X86_64}. */
    public static String name() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String machine = System.getProperty("os.arch");
        return system + "-" + (machine.equals("amd64") ? "x86_64" : machine);
    }
}
