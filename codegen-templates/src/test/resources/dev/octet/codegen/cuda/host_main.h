// Reads launches from argv[1], runs them, and writes every buffer to argv[2] as the kernels left it.
extern char __start_octet_shared[] __attribute__((weak));
extern char __stop_octet_shared[] __attribute__((weak));

static void fail(const char* message) {
    std::fprintf(stderr, "%s\n", message);
    std::exit(3);
}

static void start(unsigned thread, std::vector<char>& stacks) {
    Fiber& f = fibers[thread];
    f.state = READY;
    f.meetings = 0;
    f.groups.assign(1, {});
    f.products.clear();
    begin(f.context, stacks.data() + thread * STACK, fiber);
}

// Lets every thread of a warp run to its next barrier or to its end; where the warp meets, all must.
static void runWarp(unsigned first) {
    const unsigned end = first + 32 < fibers.size() ? first + 32 : fibers.size();
    unsigned meeting;
    do {
        meeting = 0;
        for (current = first; current < end; ++current) {
            threadIdx = {current, 0, 0};
            fibers[current].state = READY;
            change(scheduler, fibers[current].context);
            meeting += fibers[current].state == MEETING;
        }
        if (meeting != 0 && meeting != end - first) {
            fail("some threads of a warp meet where others do not");
        }
    } while (meeting != 0);
}

// Lets every thread run to its next barrier or to its end.
static void runGroup(unsigned first, unsigned end) {
    for (unsigned warp = first; warp < end; warp += 32) {
        runWarp(warp);
    }
}

// Whether all threads of a warpgroup wait at its own barrier; some may not.
static bool meetsAlone(unsigned first, unsigned end) {
    unsigned meeting = 0;
    for (unsigned i = first; i < end; ++i) {
        meeting += fibers[i].state == WAITING && fibers[i].barrier == first / 128 + 1;
    }
    if (meeting != 0 && meeting != end - first) {
        fail("some threads of a warpgroup meet where others do not");
    }
    return meeting != 0;
}

// Lets every thread run to the block's next barrier or to its end; all must meet at the same. True until they have ended.
static bool runToBarrier() {
    for (unsigned first = 0; first < fibers.size(); first += 128) {
        const unsigned end = first + 128 < fibers.size() ? first + 128 : fibers.size();
        do {
            runGroup(first, end);
        } while (meetsAlone(first, end));
    }
    unsigned done = 0;
    for (const Fiber& f : fibers) {
        done += f.state == DONE;
    }
    if (done != 0 && done != fibers.size()) {
        fail("some threads of a block wait at a barrier that others never reach");
    }
    return done == 0;
}

static void launch(unsigned gridX, unsigned gridY, unsigned threads) {
    static std::vector<char> stacks; // kept from launch to launch: fresh pages would take longer than most kernels
    if (stacks.size() < threads * STACK) {
        stacks.resize(threads * STACK);
    }
    fibers = std::vector<Fiber>(threads);
    gridDim = {gridX, gridY, 1};
    for (unsigned y = 0; y < gridY; ++y) {
        for (unsigned x = 0; x < gridX; ++x) {
            blockIdx = {x, y, 0};
            std::memset(__start_octet_shared, 0xa7, __stop_octet_shared - __start_octet_shared);
            for (unsigned thread = 0; thread < threads; ++thread) {
                start(thread, stacks);
            }
            while (runToBarrier()) {
            }
        }
    }
}

static int32_t number(FILE* in) {
    int32_t value;
    if (std::fread(&value, sizeof value, 1, in) != 1) {
        fail("the launch file ends early");
    }
    return value;
}

// A launch is: kernel, grid x, grid y, threads, batch, number of buffers, and each buffer's size and bytes.
int main(int, char** argv) {
    FILE* in = std::fopen(argv[1], "rb");
    FILE* out = std::fopen(argv[2], "wb");
    for (int32_t launches = number(in); launches > 0; --launches) {
        kernel = KERNELS[number(in)];
        const int32_t gridX = number(in), gridY = number(in), threads = number(in), batch = number(in);
        const int32_t count = number(in);
        std::vector<int32_t> sizes;
        std::vector<uint64_t> block; // kernel ABI 1: pointers, workspace, batch
        for (int32_t i = 0; i < count; ++i) {
            sizes.push_back(number(in));
            char* buffer = (char*)std::malloc(sizes[i]); // of the exact size: the sanitizer sees any byte beyond
            if (std::fread(buffer, 1, sizes[i], in) != (size_t)sizes[i]) {
                fail("the launch file ends early");
            }
            block.push_back((uint64_t)buffer);
        }
        block.push_back(0);
        block.push_back((uint32_t)batch);
        arguments = block.data();
        launch(gridX, gridY, threads);
        for (int32_t i = 0; i < count; ++i) {
            std::fwrite((char*)block[i], 1, sizes[i], out);
            std::free((char*)block[i]);
        }
    }
    return std::fclose(out);
}
