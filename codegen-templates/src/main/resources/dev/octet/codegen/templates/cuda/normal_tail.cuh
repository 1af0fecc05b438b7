// Share of a normal distribution above a, which is not negative: exp(-a*a/2) times a polynomial of 1 / (1 + 0.35a).
static __device__ __forceinline__ float normal_tail(float a) {
    const float square = __fmul_rn(a, a);
    const float lost = __fmaf_rn(a, a, -square);
    float e = exponential(__fmul_rn(-0.5f, square));
    e = __fmaf_rn(e, __fmul_rn(-0.5f, lost), e);
    const float t = __fdiv_rn(1.0f, __fmaf_rn(0.35f, a, 1.0f));
    float p = __fmaf_rn(-0.02916381135582924f, t, 0.14406026899814606f);
    p = __fmaf_rn(p, t, -0.2559008002281189f);
    p = __fmaf_rn(p, t, 0.15939177572727203f);
    p = __fmaf_rn(p, t, -0.023263104259967804f);
    p = __fmaf_rn(p, t, 0.10557451844215393f);
    p = __fmaf_rn(p, t, 0.11981556564569473f);
    p = __fmaf_rn(p, t, 0.13986432552337646f);
    p = __fmaf_rn(p, t, 0.13962125778198242f);
    return __fmul_rn(__fmul_rn(p, t), e);
}
