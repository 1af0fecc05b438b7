package dev.octet.toolchain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octet.plan.diag.OctetException;
import dev.octet.toolchain.nvrtc.FakeNvrtc;
import dev.octet.toolchain.nvrtc.Reply;
import dev.octet.toolchain.nvrtc.Request;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class NvrtcProcessTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private static NvrtcProcess start(String mode, Duration limit) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classPath = System.getProperty("java.class.path");
        return NvrtcProcess.start(
                "NVRTC 12.9", "the.jar", List.of(java, "-cp", classPath, FakeNvrtc.class.getName(), mode), limit);
    }

    private static Request compile(String source) {
        return new Request(Request.Work.COMPILE, List.of("-x"), source.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertFails(NvrtcProcess process, ToolchainCode code, String... contents) {
        assertFails(code, () -> process.ask("k_conv", compile("source")), contents);
        assertThat(process.isAlive()).as("the process goes on").isFalse();
    }

    private static void assertFails(ToolchainCode code, ThrowingCallable call, String... contents) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        OctetException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContainingAll(contents);
    }

    @Test
    void answersManyRequests() {
        try (NvrtcProcess process = start("echo", LONG)) {
            Reply first = process.ask("a", compile("first"));
            Reply second = process.ask("b", new Request(Request.Work.ASSEMBLE, List.of(), new byte[1 << 20]));

            assertThat(new String(first.output(), StandardCharsets.UTF_8)).isEqualTo("first");
            assertThat(first.log()).startsWith("echo ").endsWith("[-x]");
            assertThat(second.status()).isEqualTo(6);
            assertThat(second.output()).hasSize(1 << 20);
            assertThat(second.log().split(" ")[1])
                    .as("process")
                    .isEqualTo(first.log().split(" ")[1]);
        }
    }

    @Test
    void stopsAtTheTimeLimit() {
        assertFails(
                start("hang", Duration.ofSeconds(4)), ToolchainCode.TIME_LIMIT, "NVRTC 12.9", "kernel k_conv", "4 s");
    }

    @Test
    void stopsAProgramThatDoesNotStart() {
        assertFails(ToolchainCode.TIME_LIMIT, () -> start("hang at start", Duration.ofSeconds(2)), "2 s");
    }

    @Test
    void tellsHowTheProgramEnded() {
        assertFails(
                start("crash", LONG),
                ToolchainCode.NVRTC_ENDED,
                "kernel k_conv",
                "exit status 134",
                "SIGSEGV in the front end");
    }

    @Test
    void noticesNoise() {
        assertFails(start("chatter", LONG), ToolchainCode.NVRTC_ENDED, "nonsense", "7761726e");
    }

    @Test
    void believesNoLengthWithoutBounds() {
        assertFails(start("boast", LONG), ToolchainCode.NVRTC_ENDED, "a part of 2147483647 bytes");
    }

    @Test
    void tellsWhyLibrariesCannotBeLoaded() {
        assertFails(
                ToolchainCode.NVRTC_UNUSABLE,
                () -> start("refuse at start", LONG),
                "NVRTC from the.jar",
                "libnvrtc.so.12: wrong ELF class");
    }

    @Test
    void tellsThatTheProgramIsMissing() {
        assertFails(
                ToolchainCode.NOT_STARTED,
                () -> NvrtcProcess.start("NVRTC 12.9", "the.jar", List.of("/no/such/java"), LONG),
                "/no/such/java");
    }

    @Test
    void endsWhenTheBuildIsInterrupted() {
        NvrtcProcess process = start("hang", LONG);
        Thread.currentThread().interrupt();
        try {
            assertFails(process, ToolchainCode.INTERRUPTED, "NVRTC 12.9", "interrupted");
        } finally {
            assertThat(Thread.interrupted()).as("still interrupted").isTrue();
        }
    }
}
