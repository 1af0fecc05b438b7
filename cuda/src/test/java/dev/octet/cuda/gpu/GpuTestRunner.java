package dev.octet.cuda.gpu;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;

import java.io.PrintStream;
import java.util.Optional;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs the tests with a tag where there is a GPU but no build: one line a test, PASS or FAIL, and an exit status. A test
 * that is skipped counts as failed, since nothing was tested.
 */
public final class GpuTestRunner implements TestExecutionListener {
    private final PrintStream out;
    private int passed;
    private int failed;

    private GpuTestRunner(PrintStream out) {
        this.out = out;
    }

    /**
     * Runs tests.
     *
     * @param arguments the tag; by default {@code gpu}
     */
    public static void main(String[] arguments) {
        String tag = arguments.length == 0 ? "gpu" : arguments[0];
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectPackage("dev.octet"))
                .filters(TagFilter.includeTags(tag))
                // Only tests that say so run beside each other: most of them measure, or fill the device's memory.
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
                .build();
        GpuTestRunner runner = new GpuTestRunner(System.out);
        LauncherFactory.create().execute(request, runner);
        System.exit(runner.summary(tag));
    }

    private int summary(String tag) {
        boolean good = failed == 0 && passed > 0;
        out.printf("%s %d tests with tag %s passed, %d failed%n", good ? "PASS" : "FAIL", passed, tag, failed);
        return good ? 0 : 1;
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        fail(test, "skipped: " + reason);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        Optional<Throwable> failure = result.getThrowable();
        if (result.getStatus() != TestExecutionResult.Status.SUCCESSFUL) {
            fail(test, failure.map(String::valueOf).orElse(result.getStatus().name()));
            failure.ifPresent(f -> f.printStackTrace(out));
        } else if (test.isTest()) {
            passed++;
            out.println("PASS " + name(test));
        }
    }

    private void fail(TestIdentifier test, String why) {
        failed++;
        out.println("FAIL " + name(test) + ": " + why);
    }

    private static String name(TestIdentifier test) {
        String method = test.getSource()
                .filter(MethodSource.class::isInstance)
                .map(MethodSource.class::cast)
                .map(source -> source.getJavaClass().getSimpleName() + "." + source.getMethodName())
                .orElse("");
        return (method + " " + test.getDisplayName()).strip();
    }
}
