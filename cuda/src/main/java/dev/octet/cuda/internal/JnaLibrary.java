package dev.octet.cuda.internal;

import dev.octet.plan.io.StoredFiles;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Path;

/** The native library of JNA, which the initialisation of one of its classes unpacks and loads. */
final class JnaLibrary {
    /** The class that does it. */
    private static final String CLASS = "com.sun.jna.Native";
    /** Where the library is in JNA's jar, on the only platform that has a CUDA device. */
    private static final String RESOURCE = "com/sun/jna/linux-x86-64/libjnidispatch.so";
    /** Names the folder to which JNA unpacks; without it that can be one in the common temporary folder. */
    private static final String FOLDER = "jna.tmpdir";

    private JnaLibrary() {}

    /**
     * Makes JNA ready for use, unless something else in the process has done so. A value of {@code jna.tmpdir} that is
     * there is left; otherwise JNA unpacks to a private folder.
     *
     * @param cache the private folder is made in here
     * @return why it failed, or empty
     */
    static String initialize(ClassLoader loader, Path cache) {
        try {
            Class.forName(CLASS, false, loader);
            requireWhole(loader.getResource(RESOURCE));
            initializeIn(cache, loader);
            return "";
        } catch (ClassNotFoundException e) {
            return "JNA is not on the class path (net.java.dev.jna:jna:5.19.1)";
        } catch (IOException e) {
            return "JNA's native library cannot be unpacked: " + StoredFiles.reason(e);
        } catch (VirtualMachineError e) {
            throw e;
        } catch (Error e) {
            // Of JNA's class files that do not match its library it says so with an Error of no other type.
            return "JNA's native library cannot be loaded: " + line(e);
        }
    }

    /** Without the resource, JNA may still find its library where Java looks for those. */
    private static void requireWhole(URL resource) throws IOException {
        if (resource != null) {
            NativeLibrary.read(resource);
        }
    }

    private static void initializeIn(Path cache, ClassLoader loader) throws IOException, ClassNotFoundException {
        synchronized (JCudaLibrary.PROCESS) {
            if (System.getProperty(FOLDER) != null) {
                Class.forName(CLASS, true, loader);
                return;
            }
            try (NativeFolder folder = NativeFolder.empty(cache)) {
                System.setProperty(FOLDER, folder.path().toString());
                Class.forName(CLASS, true, loader);
            } finally {
                System.clearProperty(FOLDER);
            }
        }
    }

    /** What an error says, in one line: its own words, or those of its cause. */
    static String line(Error e) {
        Throwable told = e.getMessage() == null && e.getCause() != null ? e.getCause() : e;
        return String.valueOf(told.getMessage())
                .strip()
                .lines()
                .findFirst()
                .orElse(told.getClass().getName());
    }
}
