"""Times the same networks under PyTorch: FP32, TF32, FP16 in channels-last order, and FP16 compiled by Inductor if asked.

usage: peers.py [--inductor] [--batches 1,8,32,128] NETWORK...

Networks are torchvision's, by name, with random weights. One line of JSON a measurement on the standard output, as the
Java side of the benchmarks writes them. A run is the replay of a CUDA graph with nothing but the kernels, from the input in
device memory to logits there, of the mode's type; events lie between replays that the host queues ahead of the device.
"""
import argparse
import json
import sys
import time

import torch
import torchvision
from torch.fx.experimental.optimization import fuse

# As often as the Java side (its class Repetition), and for as long.
WANTED, LEAST, WARM_UP_MS, MOST_MS, BURST = 100, 10, 50, 2000, 10
SIZE = 224


def captured(run):
    """A graph of one run, after runs on another stream in which cuDNN chooses its algorithms."""
    stream = torch.cuda.Stream()
    stream.wait_stream(torch.cuda.current_stream())
    with torch.cuda.stream(stream):
        for _ in range(3):
            run()
    torch.cuda.current_stream().wait_stream(stream)
    torch.cuda.synchronize()
    graph = torch.cuda.CUDAGraph()
    with torch.cuda.graph(graph):
        run()
    return graph


def burst(graph, count):
    """Milliseconds of each of some replays, behind one that is not timed."""
    events = [torch.cuda.Event(enable_timing=True) for _ in range(count + 1)]
    graph.replay()
    events[0].record()
    for event in events[1:]:
        graph.replay()
        event.record()
    torch.cuda.synchronize()
    return [before.elapsed_time(after) for before, after in zip(events, events[1:])]


def timed(graph):
    warm = 0
    while warm < WARM_UP_MS:
        warm += sum(burst(graph, 1))
    times = []
    while len(times) < WANTED and (len(times) < LEAST or sum(times) < MOST_MS):
        times += burst(graph, min(BURST, WANTED - len(times)))
    return sorted(times)


def report(system, network, batch, times):
    last = len(times) - 1
    us = [round(1000 * times[i], 3) for i in (last // 2, last // 10, last - last // 10)]
    row = dict(kind="run", system=system, network=network, batch=batch, start="operand",
               us=us[0], low_us=us[1], high_us=us[2], count=len(times))
    print(json.dumps(row), flush=True)


def precision(mode):
    """Allows products of TF32, or only of full floats."""
    torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = mode == "tf32"


def laid_out(thing, mode):
    return thing.half().to(memory_format=torch.channels_last) if mode.startswith("fp16") else thing


def compiled(model):
    """A model that Inductor compiles for the next batch alone."""
    torch._dynamo.reset()
    return torch.compile(model)


def measure(name, mode, batches):
    """Times a network in one mode; batch normalisations are folded, or left to Inductor."""
    precision(mode)
    model = laid_out(getattr(torchvision.models, name)(weights=None).eval().cuda(), mode)
    inductor = mode.endswith("inductor")
    model = model if inductor else fuse(model)
    for batch in batches:
        run = compiled(model) if inductor else model
        images = laid_out(torch.randn(batch, 3, SIZE, SIZE, device="cuda"), mode)
        with torch.inference_mode():
            graph = captured(lambda: run(images))
            report("torch " + mode, name, batch, timed(graph))
        del graph, images
        torch.cuda.empty_cache()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--inductor", action="store_true")
    parser.add_argument("--batches", default="1,8,32,128")
    parser.add_argument("networks", nargs="+")
    options = parser.parse_args()
    torch.backends.cudnn.benchmark = True
    print("PyTorch", torch.__version__, "cuDNN", torch.backends.cudnn.version(), file=sys.stderr)
    batches = [int(batch) for batch in options.batches.split(",")]
    modes = ["fp32", "tf32", "fp16 channels-last"] + ["fp16 inductor"] * options.inductor
    for name in options.networks:
        start = time.time()
        for mode in modes:
            measure(name, mode, batches)
        print(f"{name}: {time.time() - start:.1f} s", file=sys.stderr)


if __name__ == "__main__":
    main()
