package dev.octet.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** What {@code octet:help} has to say: the descriptor, which the build makes of the goals' comments. */
class PluginDescriptorTest {
    private static final Path DESCRIPTOR = Path.of("target/classes/META-INF/maven/plugin.xml");

    private static List<Element> goals() throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        Element root = factory.newDocumentBuilder().parse(DESCRIPTOR.toFile()).getDocumentElement();
        return children(children(root, "mojos").get(0), "mojo");
    }

    private static List<Element> children(Element parent, String name) {
        List<Element> found = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && element.getTagName().equals(name)) {
                found.add(element);
            }
        }
        return found;
    }

    private static String text(Element parent, String name) {
        return children(parent, name).stream()
                .map(Element::getTextContent)
                .map(String::strip)
                .findFirst()
                .orElse("");
    }

    @Test
    void everyGoalAndParameterIsExplained() throws Exception {
        List<Element> goals = goals();
        assertThat(goals).hasSizeGreaterThan(15);
        List<String> unexplained = new ArrayList<>();
        for (Element goal : goals) {
            String name = text(goal, "goal");
            if (text(goal, "description").length() < 20) {
                unexplained.add(name);
            }
            for (Element parameter : children(children(goal, "parameters").get(0), "parameter")) {
                boolean given = text(parameter, "editable").equals("true");
                if (given && text(parameter, "description").length() < 10) {
                    unexplained.add(name + ": " + text(parameter, "name"));
                }
            }
        }
        assertThat(unexplained).isEmpty();
    }

    /** What runs on a GPU needs the project's devices and natives, which Maven resolves for goals that ask for them. */
    @Test
    void goalsOnDevicesHaveTheRuntimeClassPath() throws Exception {
        Set<String> resolving = new TreeSet<>();
        for (Element goal : goals()) {
            if (text(goal, "requiresDependencyResolution").equals("runtime")) {
                resolving.add(text(goal, "goal"));
            }
        }
        assertThat(resolving).containsExactly("calibrate", "evaluate", "profile", "tune");
    }

    @Test
    void theManualListsEveryGoal() throws Exception {
        String manual = Files.readString(Path.of("../docs/building.md"));
        Set<String> missing = new TreeSet<>();
        for (Element goal : goals()) {
            String name = "`octet:" + text(goal, "goal") + "`";
            if (!manual.contains(name)) {
                missing.add(name);
            }
        }
        assertThat(missing).isEmpty();
    }
}
