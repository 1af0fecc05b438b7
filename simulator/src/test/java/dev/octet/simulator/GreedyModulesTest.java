package dev.octet.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.plan.Target;
import dev.octet.testkit.JavaProcess;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a module claims is refused before it is allocated: none of them fills a heap of 256 MiB. */
class GreedyModulesTest {
    @ParameterizedTest
    @EnumSource
    void areRefusedInASmallHeap(GreedyModule module) {
        JavaProcess.Result result = JavaProcess.withClassPath(
                        Stream.of(Simulator.class, Target.class, GreedyModule.class)
                                .map(JavaProcess::home)
                                .toList())
                .options("-Xmx256m")
                .run(GreedyModule.class, module.name());
        assertThat(result.out()).as(result.err()).isEqualTo(module.expected());
    }
}
