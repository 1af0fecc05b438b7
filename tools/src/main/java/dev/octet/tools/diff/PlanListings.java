package dev.octet.tools.diff;

import dev.octet.plan.Plan;
import dev.octet.plan.text.PlanText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A plan as listings, from its text, which has everything that is in it ({@link PlanText} describes the form). Numbers of
 * values are replaced by their names, since one more layer renumbers all that follow; hashes of kernels are left out,
 * since kernels are compared on their own.
 */
final class PlanListings {
    private static final Pattern NODE = Pattern.compile("%(\\d+) (\\S+) : (.*?) = (\\S+)(.*)");
    private static final Pattern VALUE = Pattern.compile("%(\\d+)");

    /** What is not worth a word. */
    private static final Map<String, String> DEFAULTS = Map.of("shared", "0", "cluster", "1", "dependent", "false");

    private final Iterator<String> lines;
    private final List<Listing> listings = new ArrayList<>();
    private final Map<String, String> names = new HashMap<>();
    private final Map<String, Integer> programs = new HashMap<>();

    private PlanListings(Iterator<String> lines) {
        this.lines = lines;
    }

    static List<Listing> of(Plan plan) {
        String text = new String(PlanText.write(plan), StandardCharsets.UTF_8);
        PlanListings reader = new PlanListings(text.lines().iterator());
        reader.read();
        return reader.listings;
    }

    private void read() {
        Listing contract = listing("contract");
        while (lines.hasNext()) {
            String line = lines.next();
            String[] words = line.split(" ", 3);
            if (line.contains(" graph ")) {
                readGraph(listing("values of " + words[0]));
            } else if (words[0].equals("program")) {
                readProgram(line.substring(words[0].length() + 1));
            } else if (words[0].equals("input") || words[0].equals("output")) {
                contract.add(words[0] + " " + words[1], Map.of("", words[2]));
            } else if (!line.startsWith("#") && !words[0].equals("programs")) {
                contract.add(words[0], Map.of("", line.substring(words[0].length() + 1)));
            }
        }
    }

    private Listing listing(String title) {
        Listing listing = new Listing(title);
        listings.add(listing);
        return listing;
    }

    private void readGraph(Listing values) {
        for (String line = lines.next(); !line.equals("end"); line = lines.next()) {
            Matcher node = NODE.matcher(line);
            if (!node.matches()) {
                throw new IllegalStateException("not a node: " + line);
            }
            names.put(node.group(1), node.group(2));
            Map<String, String> attributes = new LinkedHashMap<>();
            attributes.put("type", node.group(3));
            attributes.put("op", named(node.group(4)));
            for (String word : node.group(5).strip().split(" ")) {
                int equals = word.indexOf('=');
                attributes.put(equals < 0 ? "with" : word.substring(0, equals), word.substring(equals + 1));
            }
            attributes.remove("with", "");
            values.add(node.group(2), attributes);
        }
    }

    /** {@code sm_61 batch 1..128 arena 25600}, then buffers and steps up to {@code end}. */
    private void readProgram(String heading) {
        String[] words = heading.split(" ");
        String program = programName(words[0]);
        Listing memory = listing("memory of " + program);
        Listing steps = listing("steps of " + program);
        memory.add("batch", Map.of("", words[2]));
        memory.add("arena", Map.of("bytes", words[4]));
        Map<String, Map<String, String>> buffers = new TreeMap<>();
        List<List<String>> launches = new ArrayList<>();
        for (String line = lines.next(); !line.equals("end"); line = lines.next()) {
            if (line.startsWith("buffer ")) {
                String[] buffer = named(line).split(" ", 4);
                buffers.put(buffer[1], pairs("type " + buffer[2] + " " + buffer[3]));
            } else if (line.startsWith("step ")) {
                launches.add(new ArrayList<>(List.of(line)));
            } else {
                launches.get(launches.size() - 1).add(named(line.strip()));
            }
        }
        buffers.forEach(memory::add);
        launches.forEach(launch -> addStep(launch, steps));
    }

    /** The target; a number tells programs of one target for different batches apart. */
    private String programName(String target) {
        programs.merge(target, 1, Integer::sum);
        int number = programs.get(target);
        return number == 1 ? target : target + " (" + number + ")";
    }

    /** A step is known by the values that it makes. */
    private static void addStep(List<String> launch, Listing steps) {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("kernel", launch.get(0).split(" ")[1]);
        attributes.put("grid", "");
        attributes.put("threads", "");
        String outputs = launch.get(0);
        for (String line : launch.subList(1, launch.size())) {
            String word = line.substring(0, line.indexOf(' '));
            if (word.equals("region")) {
                outputs = line.substring(line.indexOf("-> ") + 3);
            }
            if (word.equals("grid") || word.equals("workspace")) {
                attributes.putAll(pairs(line));
                attributes.entrySet().removeAll(DEFAULTS.entrySet());
            } else {
                attributes.merge(
                        word,
                        line.substring(word.length() + 1).replace(" -> ", " to "),
                        (one, more) -> one + "; " + more);
            }
        }
        steps.add(outputs, attributes);
    }

    /** {@code offset 0 bytes 64} as attributes. */
    private static Map<String, String> pairs(String text) {
        String[] words = text.split(" ");
        Map<String, String> pairs = new LinkedHashMap<>();
        for (int i = 0; i + 1 < words.length; i += 2) {
            pairs.put(words[i], words[i + 1]);
        }
        return pairs;
    }

    private String named(String text) {
        return VALUE.matcher(text).replaceAll(value -> Matcher.quoteReplacement(names.get(value.group(1))));
    }
}
