// Rounds four numbers to bytes, given steps in a number and the limits of the bytes, and writes them.
static __device__ __forceinline__ void store_bytes(char* lanes, const float* values, float4 border) {
    float steps[4];
    #pragma unroll
    for (int i = 0; i < 4; ++i) {
        steps[i] = clamp(__fmul_rn(values[i], border.x), border.y, border.z);
    }
    *(unsigned*)lanes = pack(steps);
}
