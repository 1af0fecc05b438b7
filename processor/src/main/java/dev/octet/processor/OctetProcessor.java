package dev.octet.processor;

import com.google.auto.service.AutoService;
import dev.octet.dsl.QuantizedNetwork;
import java.util.List;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;

/**
 * Compiles classes annotated with {@link QuantizedNetwork}. For each, it writes a typed class, a plan and CUDA sources;
 * whatever is wrong with one is a single error, on the line of the definition.
 *
 * <p>Definitions run inside the compiler, with its rights: a definition that calls {@link System#exit} ends the build,
 * and one that outlives {@code octet.timeout} keeps a daemon thread until the compiler's process ends.
 */
@AutoService(Processor.class)
@SupportedAnnotationTypes("dev.octet.dsl.QuantizedNetwork")
public final class OctetProcessor extends AbstractProcessor {
    private RoundBuild build;
    private boolean annotated;

    @Override
    public synchronized void init(ProcessingEnvironment environment) {
        super.init(environment);
        build = new RoundBuild(JavacEnvironment.of(environment));
    }

    /** The newest: a definition may use whatever its compiler knows. */
    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latestSupported();
    }

    @Override
    public Set<String> getSupportedOptions() {
        return ProcessorOptions.NAMES;
    }

    /** Never claims the annotation, in which other processors may be interested too. */
    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        List<TypeElement> definitions =
                List.copyOf(ElementFilter.typesIn(round.getElementsAnnotatedWith(QuantizedNetwork.class)));
        if (!definitions.isEmpty()) {
            annotated = true;
            build.run(definitions);
        }
        if (annotated && round.processingOver() && !round.errorRaised()) {
            build.finish();
        }
        return false;
    }
}
