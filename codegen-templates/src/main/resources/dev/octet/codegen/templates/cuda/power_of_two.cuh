// 2 to the n, for n from -126 to 127.
static __device__ __forceinline__ float power_of_two(int n) {
    return __int_as_float((n + 127) << 23);
}
