package dev.octet.cuda.internal;

import dev.octet.plan.io.StoredFiles;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A native library of JCuda with the class whose initialisation loads it.
 *
 * @param className binary name of the class
 * @param library name of the library, as {@link System#loadLibrary} takes it
 */
record JCudaLibrary(String className, String library) {
    /** The name under which JCuda 12.6.0 looks for it, on the only platform that it has one for besides Windows. */
    static final JCudaLibrary DRIVER = new JCudaLibrary("jcuda.driver.JCudaDriver", "JCudaDriver-12.6.0-linux-x86_64");

    /**
     * The same object in every class loader: java.io.tmpdir, which is changed for a moment, belongs to the process. No
     * text constant outside this class is equal to it.
     */
    static final Object PROCESS = (JCudaLibrary.class.getName() + ".PROCESS").intern();

    private String resource() {
        return "lib/" + System.mapLibraryName(library);
    }

    /** Whether the library is on the class path or on java.library.path. */
    boolean isPresent(ClassLoader loader) {
        return loader.getResource(resource()) != null
                || Arrays.stream(System.getProperty("java.library.path", "").split(":"))
                        .filter(folder -> !folder.isEmpty())
                        .anyMatch(folder -> Files.isRegularFile(Path.of(folder, System.mapLibraryName(library))));
    }

    /**
     * Initialises the class, which looks for its library on java.library.path and then in the folder that the property
     * java.io.tmpdir names at that moment: a private one.
     *
     * @param cache the private folder is made in here
     * @return why it failed, or empty
     */
    String initialize(ClassLoader loader, Path cache) {
        URL file = loader.getResource(resource());
        try {
            if (file == null) {
                Class.forName(className, true, loader);
            } else {
                initialize(loader, file, cache);
            }
            return "";
        } catch (IOException e) {
            return "JCuda's native library cannot be unpacked: " + StoredFiles.reason(e);
        } catch (ClassNotFoundException | LinkageError e) {
            return explain(String.valueOf(e.getMessage()));
        }
    }

    private void initialize(ClassLoader loader, URL file, Path cache) throws IOException, ClassNotFoundException {
        synchronized (PROCESS) {
            String before = System.getProperty("java.io.tmpdir");
            try (NativeFolder folder =
                    NativeFolder.unpack(NativeLibrary.read(file), System.mapLibraryName(library), cache)) {
                System.setProperty("java.io.tmpdir", folder.path().toString());
                Class.forName(className, true, loader);
            } finally {
                System.setProperty("java.io.tmpdir", before);
            }
        }
    }

    /** JCuda's message holds two stack traces; the line that matters names a library. */
    static String explain(String message) {
        if (message.contains("libcuda.so.1")) {
            return "there is no NVIDIA driver: libcuda.so.1 cannot be loaded";
        }
        if (message.contains("already loaded in another classloader")) {
            return "another class loader of this process has loaded JCuda's native library from java.library.path, which"
                    + " works only once; put org.jcuda:jcuda-natives:12.6.0 with classifier linux-x86_64 on the class"
                    + " path";
        }
        if (message.contains("IllegalCallerException")) {
            return "Java may not load JCuda's native library; start it with --enable-native-access=ALL-UNNAMED";
        }
        String line = message.lines()
                .filter(l -> l.contains("UnsatisfiedLinkError"))
                .reduce((first, last) -> last)
                .orElse(message.lines().findFirst().orElse("unknown cause"));
        return "JCuda's native library cannot be loaded: " + line.strip();
    }
}
