"""Times under PyTorch what a log has of ours in INT8: in FP32, in TF32, in FP16 in channels-last order, and networks in FP16 as
Inductor compiles them if asked.

usage: peers.py [--inductor] LOG

Networks are torchvision's, by name, with random weights; convolutions are read from their names, such as
"conv 256x56x56 1x1/2 to 128". One line of JSON a measurement on the standard output, as the Java side of the benchmarks writes
them. A run is the replay of a CUDA graph with nothing but the kernels, from the input in device memory to the result there, of the
mode's type; events lie between replays that the host queues ahead of the device. A convolution follows itself twenty times in it.
"""
import argparse
import json
import re
import sys
import time

import torch
import torchvision
from torch.fx.experimental.optimization import fuse

# As often as the Java side, and for as long: its classes Repetition and NetworkTimes.
WANTED, LEAST, WARM_UP_MS, MOST_MS, BURST = 100, 50, 50, 1000, 10
CONVOLUTION_TIMES = 20
SIZE = 224
CONVOLUTION = re.compile(r"conv (\d+)x(\d+)x\d+ (\d+)x\d+(?:/(\d+))? to (\d+)")
MODES = ("fp32", "tf32", "fp16 channels-last")


def captured(run, times):
    """A graph of runs in a row, after runs on another stream in which cuDNN chooses its algorithms."""
    stream = torch.cuda.Stream()
    stream.wait_stream(torch.cuda.current_stream())
    with torch.cuda.stream(stream):
        for _ in range(3):
            run()
    torch.cuda.current_stream().wait_stream(stream)
    torch.cuda.synchronize()
    graph = torch.cuda.CUDAGraph()
    with torch.cuda.graph(graph):
        for _ in range(times):
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
    """Milliseconds of as many replays as there is time for, the shortest first."""
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


def laid_out(thing, mode):
    return thing.half().to(memory_format=torch.channels_last) if mode.startswith("fp16") else thing


def subject(name):
    """A model, the shape of its image, and how often it follows itself."""
    shape = CONVOLUTION.fullmatch(name)
    if not shape:
        return getattr(torchvision.models, name)(weights=None), (3, SIZE, SIZE), 1
    channels, size, kernel, stride, out = (int(number or 1) for number in shape.groups())
    model = torch.nn.Conv2d(channels, out, kernel, stride, kernel // 2, bias=False)
    return model, (channels, size, size), CONVOLUTION_TIMES


def compiled(model):
    """A model that Inductor compiles for the next batch alone."""
    torch._dynamo.reset()
    return torch.compile(model)


def measure(name, batches, mode):
    """Times a network or convolution in a mode; batch normalisations are folded, or left to Inductor."""
    torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = mode == "tf32"
    model, image, times = subject(name)
    model = laid_out(model.eval().cuda(), mode)
    inductor = mode.endswith("inductor")
    model = model if inductor or times > 1 else fuse(model)
    for batch in batches:
        run = compiled(model) if inductor else model
        images = laid_out(torch.randn(batch, *image, device="cuda"), mode)
        with torch.inference_mode():
            graph = captured(lambda: run(images), times)
            report("torch " + mode, name, batch, [ms / times for ms in timed(graph)])
        del graph, images
        torch.cuda.empty_cache()


def measured(log):
    """Batches by name of what a log has of ours."""
    found = {}
    with open(log, encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if row["kind"] == "run" and row["system"] == "octet int8" and row["start"] == "operand":
                batches = found.setdefault(row["network"], [])
                if row["batch"] not in batches:
                    batches.append(row["batch"])
    return found


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--inductor", action="store_true")
    parser.add_argument("log")
    options = parser.parse_args()
    torch.backends.cudnn.benchmark = True
    print("PyTorch", torch.__version__, "cuDNN", torch.backends.cudnn.version(), file=sys.stderr)
    for name, batches in measured(options.log).items():
        start = time.time()
        modes = MODES + ("fp16 inductor",) * (options.inductor and not CONVOLUTION.fullmatch(name))
        for mode in modes:
            measure(name, batches, mode)
        print(f"{name}: {time.time() - start:.1f} s", file=sys.stderr)


if __name__ == "__main__":
    main()
