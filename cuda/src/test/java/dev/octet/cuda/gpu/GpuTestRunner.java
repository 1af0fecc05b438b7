package dev.octet.cuda.gpu;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;

import dev.octet.compiler.kernel.KernelCatalog;
import java.io.PrintStream;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs the tests with a tag where there is a GPU but no build: one line a test, PASS or FAIL, and an exit status. A test
 * that is skipped counts as failed, since nothing was tested. With {@code octet.part} it runs one {@link Part} of them; the
 * last lines say how much of all that was.
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
        Launcher launcher = LauncherFactory.create();
        List<Class<?>> all = testClasses(launcher, tag);
        List<Class<?>> chosen = chosen(Part.current(), all);
        GpuTestRunner runner = new GpuTestRunner(System.out);
        launcher.execute(
                request(
                        tag,
                        chosen.stream().map(DiscoverySelectors::selectClass).toArray(DiscoverySelector[]::new)),
                runner);
        System.exit(runner.summary(tag, chosen, all));
    }

    /** What is divided, and this part's share of what is not. */
    static List<Class<?>> chosen(Part part, List<Class<?>> all) {
        List<Class<?>> whole =
                part.of(all.stream().filter(test -> !isDivided(test)).toList());
        return all.stream()
                .filter(test -> isDivided(test) || whole.contains(test))
                .toList();
    }

    private static boolean isDivided(Class<?> test) {
        return test.isAnnotationPresent(Divided.class);
    }

    /** Classes with tests of a tag, by name. */
    static List<Class<?>> testClasses(Launcher launcher, String tag) {
        TestPlan plan = launcher.discover(request(tag, selectPackage("dev.octet")));
        return plan.getRoots().stream()
                .flatMap(root -> plan.getDescendants(root).stream())
                .flatMap(test -> test.getSource().stream())
                .filter(ClassSource.class::isInstance)
                .<Class<?>>map(source -> ((ClassSource) source).getJavaClass())
                .distinct()
                .sorted(Comparator.comparing(Class::getName))
                .toList();
    }

    private static LauncherDiscoveryRequest request(String tag, DiscoverySelector... selectors) {
        return LauncherDiscoveryRequestBuilder.request()
                .selectors(selectors)
                .filters(TagFilter.includeTags(tag))
                // Only tests that say so run beside each other: most of them measure, or fill the device's memory.
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
                .build();
    }

    private int summary(String tag, List<Class<?>> chosen, List<Class<?>> all) {
        boolean good = failed == 0 && passed > 0;
        String part = Part.current().toString();
        String compared = Tally.text(KernelCatalog.rows().size());
        if (!compared.isEmpty()) {
            out.println("SUMMARY part " + part + ": " + compared);
        }
        long divided = chosen.stream().filter(GpuTestRunner::isDivided).count();
        String names = chosen.stream().map(Class::getSimpleName).collect(Collectors.joining(", "));
        out.printf(
                "SUMMARY part %s: %d divided test classes and %d of %d others: %s%n",
                part, divided, chosen.size() - divided, all.size() - divided, names);
        out.printf(
                "%s %d tests with tag %s passed, %d failed, part %s%n",
                good ? "PASS" : "FAIL", passed, tag, failed, part);
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
