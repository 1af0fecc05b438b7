package dev.octet.tools.init;

import dev.octet.plan.diag.OctetException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.lang.model.SourceVersion;

/**
 * Names of a new project.
 *
 * @param groupId Maven's group, also the class's package
 * @param artifactId Maven's artifact
 * @param className binary name of the definition's class, in a package
 */
public record ProjectNames(String groupId, String artifactId, String className) {
    private static final int LONGEST = 100;

    /** Checks the names; throws {@link OctetException} {@link InitCode#NAME}. */
    public ProjectNames {
        require(groupId.matches("[A-Za-z0-9_.-]{1,100}"), "groupId", groupId, "it is a name such as com.acme");
        require(
                artifactId.matches("[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}"),
                "artifactId",
                artifactId,
                "it is a name such as my-vision, of letters, digits, and . _ - within");
        require(
                SourceVersion.isName(className) && className.matches("[A-Za-z0-9_.]{1,200}") && className.contains("."),
                "class",
                className,
                "it is a class name with its package, such as com.acme.Fashion; give one by octet.class");
    }

    /** Names of which the class's follows from the artifact's: {@code my-vision} defines {@code MyVision}. */
    public static ProjectNames of(String groupId, String artifactId) {
        String simple = Arrays.stream(artifactId.split("[^A-Za-z0-9]+"))
                .filter(word -> !word.isEmpty())
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
        return new ProjectNames(groupId, artifactId, groupId.replace('-', '_') + "." + simple);
    }

    private static void require(boolean condition, String what, String name, String reason) {
        if (!condition) {
            String shown = name.replaceAll("\\p{Cntrl}", "?");
            throw new OctetException(
                    InitCode.NAME,
                    what,
                    shown.length() > LONGEST ? shown.substring(0, LONGEST) + "..." : shown,
                    reason);
        }
    }

    /** The class without its package. */
    String simpleName() {
        return className.substring(className.lastIndexOf('.') + 1);
    }

    String packageName() {
        return className.substring(0, className.lastIndexOf('.'));
    }

    /** The class's path below a folder of sources, without suffix. */
    String path() {
        return className.replace('.', '/');
    }
}
