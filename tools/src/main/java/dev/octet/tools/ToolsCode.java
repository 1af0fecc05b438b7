package dev.octet.tools;

import dev.octet.plan.diag.DiagnosticCode;

/** Diagnostics of the tools and of the Maven goals over them. */
public enum ToolsCode implements DiagnosticCode {
    /** A plan lies in the classes directory, but nothing says which weights belong to it. */
    NO_WEIGHTS_NAME(
            "OCTET-BUILD-001",
            "%s does not say which weights file its network uses. Compile the module again with this version of Octet."),
    /** The weights file of a network is not where it should be. */
    NO_WEIGHTS_FILE(
            "OCTET-BUILD-002",
            "The weights of %s are missing: %s does not exist. Put the file named in @QuantizedNetwork(weights = ...)"
                    + " there."),
    /** The annotation names something other than a file of the weights directory. */
    WEIGHTS_OUTSIDE(
            "OCTET-BUILD-003",
            "The weights of %s have no usable name: %s. It is the name of a file below %s; correct the annotation and"
                    + " compile the module again."),
    /** A file could not be read or written. */
    IO("OCTET-BUILD-004", "Cannot %s %s: %s. Check that it is there, its permissions and the space on its disk."),
    /** There is no network of the given name. */
    NO_NETWORK(
            "OCTET-BUILD-005",
            "There is no network %s in %s. It has: %s. Use one of these names, or compile the module first."),
    /** An image or label file that is not what it should be. */
    BAD_IMAGES(
            "OCTET-BUILD-006",
            "%s is neither an idx file nor raw records of %d bytes each: %s. Images have the shape of the network's"
                    + " input, a byte per pixel and channel, PNG and JPEG files lie in a folder or .zip; labels have one byte each."),
    /** A property that Octet does not know. */
    UNKNOWN_PROPERTY("OCTET-BUILD-007", "Unknown property %s.%s Octet has: %s. Correct or remove it."),
    /** Images and labels do not belong together. */
    LABELS(
            "OCTET-BUILD-008",
            "There are %d images but %d labels; a file of labels has one for each image. Use the labels of these"
                    + " images."),
    /** A network that cannot be evaluated as an image classifier. */
    NOT_A_CLASSIFIER(
            "OCTET-BUILD-009",
            "%s has inputs %s and outputs %s; files of images can evaluate networks with one input and one output."
                    + " Evaluate it with a program of your own."),
    /** Warning: a network without ranges. */
    NO_TABLE(
            "OCTET-BUILD-010",
            "%s has no calibration table, and INT8 does not run without one. Calibrate it on a few hundred training"
                    + " images: mvn compile octet:calibrate -Doctet.network=%s -Doctet.images=<file>, or"
                    + " dev.octet.runtime.Calibrator; the table belongs into %s."),
    /** A way to choose ranges that does not exist. */
    ALGORITHM("OCTET-BUILD-011", "There is no calibration mode %s. Choose one of: %s."),
    /** A goal that needs to be told which network. */
    WHICH_NETWORK(
            "OCTET-BUILD-012",
            "This module has %d networks, and the goal is for one: %s. Name it by -Doctet.network=<binary name>."),
    /** A number that is too small. */
    COUNT("OCTET-BUILD-013", "The number of %s is %d; it must be at least 1."),
    /** A file that does not fit into memory. */
    TOO_LARGE(
            "OCTET-BUILD-014",
            "%s has more than %d bytes, unpacked if it is compressed, and is not read. Of images a few hundred are"
                    + " enough: split the file, or give Java more memory by -Xmx."),
    /** A property that Maven does not hand on to the compiler. */
    NOT_FOR_JAVAC(
            "OCTET-BUILD-015",
            "Property %1$s is for the compiler, and Maven does not hand it on. Write it into the configuration of"
                    + " maven-compiler-plugin, as <compilerArgs><arg>-A%1$s=...</arg></compilerArgs>, where ${...}"
                    + " may name a property."),
    /** A place that was to be compared, and is none. */
    NOT_A_BUILD(
            "OCTET-BUILD-016",
            "%s is no build of networks: %s. Give the classes folder or the jar of a module that Octet has compiled."),
    /** Builds that should be equal. */
    DIFFERENT("OCTET-BUILD-017", "The builds differ: %s. Look at the list above, or leave out -Doctet.failOnChange."),
    /** A plan from before the latest change. */
    STALE_PLAN(
            "OCTET-BUILD-018",
            "The plan of %s is older than %s, which its definition uses: that was compiled without the definition. Compile"
                    + " the whole module: mvn clean, or leave maven.compiler.useIncrementalCompilation at its default."),
    /** A goal that needs a network, before anything is compiled. */
    NOTHING_COMPILED(
            "OCTET-BUILD-019",
            "%s holds no compiled network. Compile the module in the same command, such as mvn compile octet:calibrate;"
                    + " if that changes nothing, octet-processor is not among the compiler's annotationProcessorPaths."),
    /** A goal that needs a property. */
    MISSING_PROPERTY("OCTET-BUILD-020", "The goal octet:%s needs -D%s=<%s>. Add it to the command."),
    /** A network that a file of images cannot calibrate. */
    NOT_ONE_IMAGE(
            "OCTET-BUILD-021",
            "%s has inputs %s; images can be given for networks with one input, an image, or floats from a .npy file. Calibrate"
                    + " others with a program of your own: dev.octet.runtime.Calibrator.runExamples takes examples of any"
                    + " inputs."),
    /** A plan from before the latest change of its precision file. */
    STALE_PRECISION(
            "OCTET-BUILD-022",
            "The plan of %s was not compiled with %s as it is now: compilers look for changes in sources only. Compile the"
                    + " module again: mvn clean, then the goals as before."),
    /** A parameter of the mode percentile that is none. */
    PERCENTILE(
            "OCTET-BUILD-030",
            "Percentile %s cannot be used: %s. Choose the mode percentile with a number such as 99.99, or leave it out."),
    /** A pattern of layers that is no regular expression. */
    LAYER_PATTERN(
            "OCTET-BUILD-031",
            "'%s' is no regular expression of layer names: %s at character %d. Correct it, for example b1\\..*|fc."),
    /** A precision file that a calibration would have to change. */
    OTHER_PRECISION(
            "OCTET-BUILD-032",
            "%s is there already and does not list %s. Add these names to it by hand, a line each, or exclude nothing."),
    /** A first line that no cache of TensorRT has. */
    CACHE_HEADER(
            "OCTET-BUILD-033",
            "'%s' is no first line of a calibration cache. Write TRT-<version>-<algorithm>, such as"
                    + " TRT-8601-EntropyCalibration2."),
    /** A table that no cache can stand for. */
    EQUALIZED_TABLE(
            "OCTET-BUILD-034",
            "The calibration table of %s cannot become a calibration cache of TensorRT: its ranges are those of weights with"
                    + " equalised channels, and an engine of the float model has other activations. Export the equalised weights"
                    + " with their scales (octet:export -Doctet.flavour=tensorrt), and build the engine from that; or delete %s,"
                    + " calibrate again and export that table."),
    /** A definition that the tools cannot run. */
    NO_DEFINITION(
            "OCTET-BUILD-040",
            "The definition of %s cannot be run: %s. Name the jars and classes that it uses by --classpath, and compile the"
                    + " module again if it has changed."),
    /** A definition that is not what the plan was made of. */
    OTHER_DEFINITION(
            "OCTET-BUILD-041", "The class %s defines graph %s, but its plan has graph %s. Compile the module again."),
    /** An activation that is no number. */
    NOT_FINITE(
            "OCTET-BUILD-042",
            "Value '%s' of %s is not finite on these images. The weights or the image format are wrong; compare FP32 results"
                    + " with those of the framework that trained them."),
    /** A kind of bias correction that does not exist. */
    BIAS("OCTET-BUILD-043", "There is no bias correction '%s'. Choose one of: %s."),
    /** A bound that no number of layers in FP32 meets within the evaluations that were allowed. */
    NOT_FOUND(
            "OCTET-BUILD-044",
            "With %d of %d layers in FP32 %s is still at %s, not within the bound of %s, after %d evaluations. Allow more"
                    + " evaluations or a wider bound, or look whether calibration or weights are wrong."),
    /** A bound that is no bound. */
    BOUND("OCTET-BUILD-045", "A bound of %s %s cannot be searched for: %s. %s"),
    /** A threshold that no share can have. */
    THRESHOLD("OCTET-BUILD-050", "A threshold of %s is %s; give percent or points from 0 to 100."),
    /** A threshold of accuracy without classes. */
    NO_CLASSES(
            "OCTET-BUILD-051",
            "Thresholds of top-1 need the classes of the images in %s. Give a file of classes (labels), or put the images into"
                    + " folders by class; an agreement needs none."),
    /** A network that is not as good as was asked for. */
    MISSED(
            "OCTET-BUILD-052",
            "INT8 of %s on %s is not good enough on %d images: %s. %s; or accept it by other thresholds."),
    /** A process for a GPU that ended in another way than by its own error. */
    FORK_ENDED(
            "OCTET-BUILD-053",
            "The process that ran %s on device %s ended with exit status %d%s. A driver or kernel may have crashed it; look at"
                    + " its error file in %s, or run the goal with -Doctet.device=cpu.");

    private final String id;
    private final String text;

    ToolsCode(String id, String text) {
        this.id = id;
        this.text = text;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String text() {
        return text;
    }
}
