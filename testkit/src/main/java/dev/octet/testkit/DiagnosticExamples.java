package dev.octet.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.Executable;

/**
 * Examples of diagnostics: each code is provoked by a small mistake that a user could make, and its message is held to
 * what all messages promise. A code without an example fails.
 */
public final class DiagnosticExamples {
    private static final int LONGEST = 1200;

    private final Map<String, Callable<String>> examples = new LinkedHashMap<>();

    /** An example whose mistake throws; the code must begin the message of what it throws. */
    public DiagnosticExamples thrown(String code, Executable mistake) {
        return reported(code, () -> messageOf(mistake));
    }

    /** An example whose mistake is reported in a text: a compiler's output, a log, what a command prints. */
    public DiagnosticExamples reported(String code, Callable<String> mistake) {
        if (examples.put(code, mistake) != null) {
            throw new IllegalArgumentException("two examples of " + code);
        }
        return this;
    }

    private static String messageOf(Executable mistake) throws Exception {
        try {
            mistake.execute();
        } catch (Exception e) {
            return String.valueOf(e.getMessage());
        } catch (Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
        throw new AssertionError("nothing was thrown");
    }

    /** A test for each code, those without an example included. */
    public Stream<DynamicTest> tests(Stream<String> codes) {
        List<String> all = codes.toList();
        List<String> unknown = new ArrayList<>(examples.keySet());
        unknown.removeAll(all);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("examples of codes that do not exist: " + unknown);
        }
        return all.stream().map(code -> DynamicTest.dynamicTest(code, () -> check(code)));
    }

    private void check(String code) throws Exception {
        assertThat(examples).as("examples").containsKey(code);
        String text = examples.get(code).call();
        assertThat(text).as("what the mistake reports").contains("[" + code + "] ");
        String message = text.substring(text.indexOf("[" + code + "]"))
                .lines()
                .findFirst()
                .orElseThrow();
        assertThat(message)
                .as("the message's first line")
                .hasSizeBetween(code.length() + 20, LONGEST)
                .doesNotContainPattern("%[sd]|\\bnull\\b|\\bOptional[.\\[]|@[0-9a-f]{6,}\\b")
                .matches(".*[.:!?)\"'}]");
    }
}
