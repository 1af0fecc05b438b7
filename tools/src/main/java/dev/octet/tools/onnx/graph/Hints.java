package dev.octet.tools.onnx.graph;

import java.util.List;

/** What exporters call layers. */
final class Hints {
    /** Ends of names of tensors that say which tensor of a layer it is. */
    private static final List<String> TENSORS =
            List.of("weight", "weights", "kernel", "gamma", "scale", "w", "W", "w_0", "bn_scale", "filter");

    private Hints() {}

    /**
     * The name of a layer: its tensor's without what says which tensor it is, if the exporter kept it, else its node's.
     *
     * @param tensor name of the layer's first tensor
     * @param node name of its node
     */
    static String layer(String tensor, String node) {
        for (String end : TENSORS) {
            for (String separator : List.of(".", "/", "_")) {
                String suffix = separator + end;
                // What torch.onnx numbers has no name of its own: onnx::Conv_193.
                if (tensor.endsWith(suffix) && tensor.length() > suffix.length() && !tensor.contains("::")) {
                    return tensor.substring(0, tensor.length() - suffix.length());
                }
            }
        }
        return node.startsWith("/") ? module(node) : node;
    }

    /**
     * torch.onnx names nodes by the modules around them, where those of a sequence repeat its name:
     * {@code /layer1/layer1.0/conv1/Conv} is {@code layer1.0.conv1}.
     */
    private static String module(String node) {
        String[] parts = node.substring(1).split("/");
        StringBuilder name = new StringBuilder();
        String last = "";
        for (int i = 0; i < Math.max(1, parts.length - 1); i++) {
            boolean repeats = !last.isEmpty() && parts[i].startsWith(last + ".");
            String own = repeats ? parts[i].substring(last.length() + 1) : parts[i];
            name.append(name.isEmpty() ? "" : ".").append(own);
            last = parts[i];
        }
        return name.toString();
    }
}
