// Runs kernels on the host, for tests: every thread of a block is a fiber, blocks run one after the other. Stands in
// front of the kernels, each in a namespace of its own; host_main.h stands behind them.
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ucontext.h>
#include <vector>

#define __global__
#define __device__
#define __forceinline__ inline
#define __launch_bounds__(...)
#define __shared__ __attribute__((section("octet_shared"))) static

struct uint2 { alignas(8) unsigned x; unsigned y; };
struct uint3 { unsigned x, y, z; };
struct uint4 { alignas(16) unsigned x; unsigned y, z, w; };
struct int4 { alignas(16) int x; int y, z, w; };
struct float4 { alignas(16) float x; float y, z, w; };

static uint3 threadIdx;
static uint3 blockIdx;
static uint3 gridDim;

static uint2 make_uint2(unsigned x, unsigned y) { return {x, y}; }
static uint4 make_uint4(unsigned x, unsigned y, unsigned z, unsigned w) { return {x, y, z, w}; }
static float4 make_float4(float x, float y, float z, float w) { return {x, y, z, w}; }
static unsigned min(unsigned a, unsigned b) { return a < b ? a : b; }
static int min(int a, int b) { return a < b ? a : b; }
static int max(int a, int b) { return a > b ? a : b; }
template <class T> static T __ldg(const T* pointer) { return *pointer; }

static unsigned __byte_perm(unsigned x, unsigned y, unsigned selector) {
    const uint64_t both = (uint64_t)y << 32 | x;
    unsigned result = 0;
    for (int i = 0; i < 4; ++i) {
        result |= (unsigned)(both >> (selector >> 4 * i & 7) * 8 & 255) << 8 * i;
    }
    return result;
}

static float __int2float_rn(int value) { return (float)value; }
static int __float2int_rn(float value) { return (int)std::nearbyint(value); }
static float __fmaf_rn(float a, float b, float c) { return std::fma(a, b, c); }
static float __fmul_rn(float a, float b) { return a * b; }
static float __fadd_rn(float a, float b) { return a + b; }
static float __fdiv_rn(float a, float b) { return a / b; }
static int __float_as_int(float value) {
    int bits;
    std::memcpy(&bits, &value, 4);
    return bits;
}
static float __int_as_float(unsigned bits) {
    float value;
    std::memcpy(&value, &bits, 4);
    return value;
}

// As in PTX, zeros are ordered by sign; the C library leaves that open.
static float ordered_max(float a, float b) { return a > b || (a == b && !std::signbit(a)) ? a : b; }
static float ordered_min(float a, float b) { return a < b || (a == b && std::signbit(a)) ? a : b; }
#define fmaxf ordered_max
#define fminf ordered_min

template <class Byte> static unsigned bytewise_max(unsigned a, unsigned b) {
    unsigned result = 0;
    for (int i = 0; i < 32; i += 8) {
        const Byte x = (Byte)(a >> i), y = (Byte)(b >> i);
        result |= (unsigned)(uint8_t)(x > y ? x : y) << i;
    }
    return result;
}
static unsigned __vmaxs4(unsigned a, unsigned b) { return bytewise_max<int8_t>(a, b); }
static unsigned __vmaxu4(unsigned a, unsigned b) { return bytewise_max<uint8_t>(a, b); }

// In place of the kernels' inline assembly.
template <class Byte> static int dp4a(unsigned a, int b, int sum) {
    for (int i = 0; i < 32; i += 8) {
        sum += (Byte)(a >> i) * (int8_t)(b >> i);
    }
    return sum;
}
static int dp4a_s8(unsigned a, int b, int sum) { return dp4a<int8_t>(a, b, sum); }
static int dp4a_u8(unsigned a, int b, int sum) { return dp4a<uint8_t>(a, b, sum); }

// Fibers. swapcontext calls the system each time, and has the sanitizer forget what it knows of the stack.
static const size_t STACK = 256 << 10;
#ifdef __x86_64__
struct Context {
    void* top; // of its stack, where lies what a function must keep
};
asm(R"(
    .text
switch_stacks:
    pushq %rbp
    pushq %rbx
    pushq %r12
    pushq %r13
    pushq %r14
    pushq %r15
    movq %rsp, (%rdi)
    movq %rsi, %rsp
    popq %r15
    popq %r14
    popq %r13
    popq %r12
    popq %rbx
    popq %rbp
    ret
)");
extern "C" void switch_stacks(void** saved, void* top);
static void change(Context& from, Context& to) { switch_stacks(&from.top, to.top); }
static void begin(Context& context, char* stack, void (*function)()) {
    void** top = (void**)(stack + STACK) - 8; // six registers, where to go, and an address to return to
    std::memset(top, 0, 8 * sizeof *top);
    top[6] = (void*)function;
    context.top = top;
}
#else
struct Context {
    ucontext_t state;
};
static void change(Context& from, Context& to) { swapcontext(&from.state, &to.state); }
static void begin(Context& context, char* stack, void (*function)()) {
    getcontext(&context.state);
    context.state.uc_stack.ss_sp = stack;
    context.state.uc_stack.ss_size = STACK;
    context.state.uc_link = nullptr;
    makecontext(&context.state, function, 0);
}
#endif
enum State { READY, MEETING, WAITING, DONE }; // MEETING: waits for its warp, WAITING: for its block
struct Copy {
    void* to;
    size_t size;
    uint64_t bytes[2];
};
struct Product {
    int* sum;
    uint64_t weights, activations;
    bool add;
    void (*compute)(const Product&);
};
struct Fiber {
    Context context;
    State state;
    unsigned meetings;
    unsigned barrier; // at which it waits: 0 is the block's, others are those of warpgroups
    std::vector<Product> products; // begun and not yet awaited
    std::vector<std::vector<Copy>> groups; // of copies on their way; the last is not yet committed
};
static Context scheduler;
static std::vector<Fiber> fibers;
static unsigned current;
static void (*kernel)(const void*);
static const void* arguments;

static void wait_at(unsigned barrier) {
    fibers[current].state = WAITING;
    fibers[current].barrier = barrier;
    change(fibers[current].context, scheduler);
}

static void __syncthreads() { wait_at(0); }
static void meet_warpgroup(int group) { wait_at(group + 1); }

// In place of the inline assembly that copies: bytes land when they are awaited; until then the place holds garbage.
static void copy_async(void* shared, const void* global, bool inside, size_t size) {
    Copy copy = {shared, size, {0, 0}};
    if (inside) {
        std::memcpy(copy.bytes, global, size);
    }
    std::memset(shared, 0xa7, size);
    fibers[current].groups.back().push_back(copy);
}
static void copy_async(void* shared, const void* global, bool inside) { copy_async(shared, global, inside, 16); }
static void copy_word_async(unsigned* shared, const unsigned* global, bool inside) {
    copy_async(shared, global, inside, 4);
}
static void commit_copies() { fibers[current].groups.emplace_back(); }
template <int PENDING> static void await_copies() {
    auto& groups = fibers[current].groups;
    while (groups.size() > PENDING + 1) {
        for (const Copy& copy : groups.front()) {
            std::memcpy(copy.to, copy.bytes, copy.size);
        }
        groups.erase(groups.begin());
    }
}

// In place of the inline assembly of warps: each lane shows what it holds, the warp meets, each lane takes its part. Two
// boards in turn, so that a lane may already show its next while others still read.
struct Shown {
    const void* row;
    unsigned a[4], b[2];
};
static Shown boards[2][1024];
static const Shown* meet(const Shown& shown) {
    Fiber& f = fibers[current];
    Shown* board = boards[f.meetings++ % 2];
    board[current] = shown;
    f.state = MEETING;
    change(f.context, scheduler);
    return board + current / 32 * 32;
}
static int __shfl_down_sync(unsigned, int value, unsigned distance) {
    const Shown* warp = meet({nullptr, {(unsigned)value}});
    const unsigned lane = current % 32;
    return lane + distance < 32 ? (int)warp[lane + distance].a[0] : value;
}
static unsigned __shfl_xor_sync(unsigned, unsigned value, unsigned mask) {
    return meet({nullptr, {value}})[current % 32 ^ mask].a[0];
}
static void load_matrices(unsigned* words, const void* row) {
    const Shown* warp = meet({row});
    const unsigned lane = current % 32;
    for (unsigned i = 0; i < 4; ++i) {
        std::memcpy(words + i, (const char*)warp[i * 8 + lane / 4].row + lane % 4 * 4, 4);
    }
}
template <class Byte> static void mma(int* sum, const unsigned* a, const unsigned* b) {
    const Shown* warp = meet({nullptr, {a[0], a[1], a[2], a[3]}, {b[0], b[1]}});
    const unsigned lane = current % 32;
    for (unsigned i = 0; i < 4; ++i) {
        const unsigned row = lane / 4 + i / 2 * 8, column = lane % 4 * 2 + i % 2;
        for (unsigned k = 0; k < 32; ++k) {
            const unsigned x = warp[row % 8 * 4 + k % 16 / 4].a[row / 8 + k / 16 * 2];
            const unsigned y = warp[column * 4 + k % 16 / 4].b[k / 16];
            sum[i] += (Byte)(x >> k % 4 * 8) * (int8_t)(y >> k % 4 * 8);
        }
    }
}
static void mma_s8(int* sum, const unsigned* a, const unsigned* b) { mma<int8_t>(sum, a, b); }
static void mma_u8(int* sum, const unsigned* a, const unsigned* b) { mma<uint8_t>(sum, a, b); }
static void mma8_s8(int* sum, const unsigned* a, const unsigned* b) { mma<int8_t>(sum, a, b); }
static void mma8_u8(int* sum, const unsigned* a, const unsigned* b) { mma<uint8_t>(sum, a, b); }

// Products of warpgroups: a thread computes its own sums when it awaits them, from what lies in shared memory then.
static uint4* dynamic_shared() {
    alignas(1024) __shared__ uint4 memory[(227 << 10) / 16];
    return memory;
}
static void start_successor() {}
static void await_predecessor() {}
static void show_copies() {}
static void begin_products() {}
static void commit_products() {}
static uint64_t descriptor(const void* rows) { return (uint64_t)rows / 16; } // of host memory
// The same without a swizzle: bit 63; in bits 52 to 62 the pieces to the next one of a row, in bits 44 to 51 those to the next 8 rows.
static uint64_t plain_descriptor(const void* rows, int toNextEight) {
    return 1ull << 63 | (uint64_t)toNextEight << 44 | (uint64_t)rows / 16;
}
static uint64_t next_piece(int pieces) { return (uint64_t)pieces << 52; }
template <class Byte> static int operand(uint64_t rows, unsigned row, unsigned k) {
    if (rows >> 63 == 0) {
        const uint64_t swizzled = rows * 16 + row * 128 + k;
        return *(const Byte*)(swizzled ^ (swizzled >> 7 & 7) << 4);
    }
    const uint64_t piece = (rows & ((1ull << 44) - 1)) + row / 8 * (rows >> 44 & 255) + row % 8 + k / 16 * (rows >> 52 & 2047);
    return *(const Byte*)(piece * 16 + k % 16);
}
template <int N, class Byte> static void product(const Product& p) {
    for (unsigned i = 0; i < N / 2; ++i) {
        const unsigned row = current % 128 / 32 * 16 + i / 2 % 2 * 8 + current % 32 / 4; // of the warpgroup
        const unsigned column = i / 4 * 8 + current % 4 * 2 + i % 2;
        int total = p.add ? p.sum[i] : 0;
        for (unsigned k = 0; k < 32; ++k) {
            total += operand<int8_t>(p.weights, row, k) * operand<Byte>(p.activations, column, k);
        }
        p.sum[i] = total;
    }
}
static void await_products() {
    for (const Product& p : fibers[current].products) {
        p.compute(p);
    }
    fibers[current].products.clear();
}
#define PRODUCTS(N)                                                                                  \
    static void wgmma##N##_s8(int* sum, uint64_t weights, uint64_t activations, bool add) {          \
        fibers[current].products.push_back({sum, weights, activations, add, product<N, int8_t>});    \
    }                                                                                                \
    static void wgmma##N##_u8(int* sum, uint64_t weights, uint64_t activations, bool add) {          \
        fibers[current].products.push_back({sum, weights, activations, add, product<N, uint8_t>});   \
    }
PRODUCTS(32)
PRODUCTS(64)
PRODUCTS(112)
PRODUCTS(128)
static void await_products16(int*) { await_products(); }
static void await_products32(int*) { await_products(); }
static void await_products56(int*) { await_products(); }
static void await_products64(int*) { await_products(); }
static void await_products112(int*) { await_products(); }
static void await_products128(int*) { await_products(); }

static void fiber() {
    kernel(arguments);
    fibers[current].state = DONE;
    change(fibers[current].context, scheduler);
}
