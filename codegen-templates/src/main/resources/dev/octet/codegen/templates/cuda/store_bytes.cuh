// Rounds four numbers to bytes, given steps in a number and the limits of the bytes, and writes them.
static __device__ __forceinline__ void store_bytes(char* lanes, const float* values, float4 border) {
    const float steps[4] = {
        clamp(__fmul_rn(values[0], border.x), border.y, border.z), clamp(__fmul_rn(values[1], border.x), border.y, border.z),
        clamp(__fmul_rn(values[2], border.x), border.y, border.z), clamp(__fmul_rn(values[3], border.x), border.y, border.z)};
    *(unsigned*)lanes = pack(steps);
}
