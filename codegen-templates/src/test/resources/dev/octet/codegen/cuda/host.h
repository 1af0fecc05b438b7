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

static uint4 make_uint4(unsigned x, unsigned y, unsigned z, unsigned w) { return {x, y, z, w}; }
static unsigned min(unsigned a, unsigned b) { return a < b ? a : b; }
template <class T> static T __ldg(const T* pointer) { return *pointer; }

static float __int2float_rn(int value) { return (float)value; }
static int __float2int_rn(float value) { return (int)std::nearbyint(value); }
static float __fmaf_rn(float a, float b, float c) { return std::fma(a, b, c); }
static float __fmul_rn(float a, float b) { return a * b; }

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

// Fibers.
static const size_t STACK = 256 << 10;
enum State { READY, WAITING, DONE };
struct Fiber {
    ucontext_t context;
    State state;
};
static ucontext_t scheduler;
static std::vector<Fiber> fibers;
static unsigned current;
static void (*kernel)(const void*);
static const void* arguments;

static void __syncthreads() {
    fibers[current].state = WAITING;
    swapcontext(&fibers[current].context, &scheduler);
}

static void fiber() {
    kernel(arguments);
    fibers[current].state = DONE;
    swapcontext(&fibers[current].context, &scheduler);
}
