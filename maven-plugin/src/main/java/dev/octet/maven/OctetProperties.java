package dev.octet.maven;

import dev.octet.plan.diag.NearNames;
import dev.octet.plan.diag.OctetException;
import dev.octet.tools.ToolsCode;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/** The properties that a user may set, on Maven's command line or in a POM; every other {@code octet.<word>} is a mistake. */
final class OctetProperties {
    static final String ALL_TARGETS = "octet.allTargets";
    static final String BATCH = "octet.batch";
    static final String BATCHES = "octet.batches";
    static final String BIAS = "octet.bias";
    static final String CACHE = "octet.cache";
    static final String CLASS = "octet.class";
    static final String CORRECTIONS = "octet.corrections";
    static final String CUBINS = "octet.cubins";
    static final String DEVICE = "octet.device";
    static final String DIR = "octet.dir";
    static final String DUMP = "octet.dump";
    static final String EQUALIZE = "octet.equalize";
    static final String EVALUATIONS = "octet.evaluations";
    static final String EXAMPLES = "octet.examples";
    static final String EXCLUDE = "octet.exclude";
    static final String FAIL_ON_CHANGE = "octet.failOnChange";
    static final String FLAVOUR = "octet.flavour";
    static final String FLOATS = "octet.floats";
    static final String GPU = "octet.gpu";
    static final String HEADER = "octet.header";
    static final String HISTOGRAMS = "octet.histograms";
    static final String HTML = "octet.html";
    static final String IMAGE = "octet.image";
    static final String IMAGES = "octet.images";
    static final String JSON = "octet.json";
    static final String LABELS = "octet.labels";
    static final String LAYER_IMAGES = "octet.layerImages";
    static final String LAYERS = "octet.layers";
    static final String LIMIT = "octet.limit";
    static final String LOG = "octet.log";
    static final String MAX_BATCH = "octet.maxBatch";
    static final String MAX_DROP = "octet.maxDrop";
    static final String MEAN = "octet.mean";
    static final String MIN_AGREEMENT = "octet.minAgreement";
    static final String MIN_TOP1 = "octet.minTop1";
    static final String MODE = "octet.mode";
    static final String MODEL = "octet.model";
    static final String NAMES = "octet.names";
    static final String NETWORK = "octet.network";
    static final String NVCC = "octet.nvcc";
    static final String NVRTC = "octet.nvrtc";
    static final String OLD = "octet.old";
    static final String PERCENTILE = "octet.percentile";
    static final String PIXELS = "octet.pixels";
    static final String POINTS = "octet.points";
    static final String PROFILE = "octet.profile";
    static final String PTX = "octet.ptx";
    static final String RANKING_IMAGES = "octet.rankingImages";
    static final String REPLACE = "octet.replace";
    static final String REPORTS = "octet.reports";
    static final String RESIZE = "octet.resize";
    static final String RUNS = "octet.runs";
    static final String SCALE = "octet.scale";
    static final String SEED = "octet.seed";
    static final String SHAPE = "octet.shape";
    static final String SHOW_SOURCE = "octet.showSource";
    static final String SKIP = "octet.skip";
    static final String SNR = "octet.snr";
    static final String STD = "octet.std";
    static final String TARGET = "octet.target";
    static final String TENSORRT = "octet.tensorrt";
    static final String TIMEOUT = "octet.timeout";
    static final String TOOL_TIMEOUT = "octet.toolTimeout";
    static final String TRACE = "octet.trace";
    static final String TUNING = "octet.tuning";

    /** Some are read by the processor or the runtime, which share the command line with the goals. */
    private static final Set<String> KNOWN = new TreeSet<>(Set.of(
            ALL_TARGETS,
            BATCH,
            BATCHES,
            BIAS,
            CACHE,
            CLASS,
            CORRECTIONS,
            CUBINS,
            DEVICE,
            DIR,
            DUMP,
            EQUALIZE,
            EVALUATIONS,
            EXAMPLES,
            EXCLUDE,
            FAIL_ON_CHANGE,
            FLAVOUR,
            FLOATS,
            GPU,
            HEADER,
            HISTOGRAMS,
            HTML,
            IMAGE,
            IMAGES,
            JSON,
            LABELS,
            LAYER_IMAGES,
            LAYERS,
            LIMIT,
            LOG,
            MAX_BATCH,
            MAX_DROP,
            MEAN,
            MIN_AGREEMENT,
            MIN_TOP1,
            MODE,
            MODEL,
            NAMES,
            NETWORK,
            NVCC,
            NVRTC,
            OLD,
            PERCENTILE,
            PIXELS,
            POINTS,
            PROFILE,
            PTX,
            RANKING_IMAGES,
            REPLACE,
            REPORTS,
            RESIZE,
            RUNS,
            SCALE,
            SEED,
            SHAPE,
            SHOW_SOURCE,
            SKIP,
            SNR,
            STD,
            TARGET,
            TENSORRT,
            TIMEOUT,
            TOOL_TIMEOUT,
            TRACE,
            TUNING));

    /** Where projects keep the version of their dependency; nothing reads it. */
    private static final String VERSION = "octet.version";

    private OctetProperties() {}

    /**
     * Throws {@link OctetException} if a goal's property has no value. Maven's own check would come before
     * {@link #check}, which knows whether it was misspelt.
     *
     * @param format what it is, for people
     */
    static void require(Object value, String goal, String name, String format) {
        if (value == null) {
            throw new OctetException(ToolsCode.MISSING_PROPERTY, goal, name, format);
        }
    }

    /**
     * Throws {@link OctetException} if one of the names begins with {@code octet.} and is neither known nor
     * {@code octet.version}.
     */
    static void check(Collection<String> names) {
        for (String name : new TreeSet<>(names)) {
            if (name.startsWith("octet.") && !name.equals(VERSION) && !KNOWN.contains(name)) {
                throw new OctetException(
                        ToolsCode.UNKNOWN_PROPERTY, name, NearNames.suggestion(name, KNOWN), String.join(", ", KNOWN));
            }
        }
    }
}
