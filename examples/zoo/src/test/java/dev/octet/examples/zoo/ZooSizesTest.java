package dev.octet.examples.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octet.dsl.NetworkDefinition;
import dev.octet.dsl.QuantizedNetwork;
import dev.octet.dsl.trace.Tracer;
import dev.octet.examples.zoo.TracedWeights.Weight;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whether the definitions have the layers of the networks that they are named after. */
class ZooSizesTest {
    @ParameterizedTest
    @EnumSource
    void isAsLargeAsPublished(Zoo network) {
        List<Weight> weights = TracedWeights.of(Tracer.trace(network.definition()));
        assertThat(weights.stream()
                        .filter(Weight::isParameter)
                        .mapToInt(Weight::elements)
                        .sum())
                .isEqualTo(network.parameters());
    }

    /** A definition that the list lacks would be tested nowhere. */
    @Test
    void listsEveryDefinition() throws IOException, URISyntaxException {
        assertThat(Arrays.stream(Zoo.values())
                        .<Class<?>>map(network -> network.definition().getClass()))
                .containsExactlyInAnyOrderElementsOf(definitions());
    }

    private static List<Class<?>> definitions() throws IOException, URISyntaxException {
        Path folder = Path.of(ResNet.class.getResource("ResNet.class").toURI()).getParent();
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".class"))
                    .<Class<?>>map(name -> load(ResNet.class.getPackageName() + "." + name.replace(".class", "")))
                    .filter(type -> type.isAnnotationPresent(QuantizedNetwork.class)
                            && NetworkDefinition.class.isAssignableFrom(type))
                    .toList();
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }
}
