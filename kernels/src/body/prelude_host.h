/* The dialect as C++ for a CPU: one work-item is a whole work-group, so barriers vanish.
 * VW and the instruction set are chosen per translation unit (see CMakeLists.txt). */
#include <stdint.h>
#if defined(__AVX2__) || defined(__F16C__)
#include <immintrin.h>
#endif
#define DEVFN [[maybe_unused]] static inline __attribute__((always_inline))
/* For what several kernels call once per tile: compiled once for all of them. */
#define SHAREDFN [[maybe_unused]] static __attribute__((noinline))
#define GLOBAL
#define LOCAL
#define BARRIER() ((void)0)
#define BARRIER_GLOBAL() ((void)0)
#define UNROLL _Pragma("GCC unroll 16")
#define NO_UNROLL _Pragma("GCC unroll 1")
/* Asks for a line that the next tile will need: the latency of memory hides behind this tile. */
#define PREFETCH(p) __builtin_prefetch(p, 0, 2)
#define TX 1
#define TY 1
#define LANE_X 0
#define LANE_Y 0
typedef uint16_t half_t;
typedef uint8_t byte_t;

typedef float vec __attribute__((vector_size(4 * VW), aligned(4), may_alias));
typedef int32_t ivec __attribute__((vector_size(4 * VW)));
typedef uint32_t uvec __attribute__((vector_size(4 * VW)));
typedef uint16_t hvec __attribute__((vector_size(2 * VW), aligned(2), may_alias));
#define LLD(p) (*(const vec *)(p))
#define LST(p, v) (*(vec *)(p) = (v))
#define GLD(p) (*(const vec *)(p))
#define GST(p, v) (*(vec *)(p) = (v))
#define PLD(a, i) (*(const vec *)((a) + (i) * VW))
#define PST(a, i, v) (*(vec *)((a) + (i) * VW) = (v))
#define PRIVATE_FLOATS float *
#define POFFSET(a, i) ((a) + (i) * VW)
DEVFN vec SPLAT(float s) { return vec{} + s; }
DEVFN vec VFMA(float s, vec v, vec a) { return a + s * v; }
DEVFN vec VMAX(vec a, vec b) { return a > b ? a : b; }

DEVFN float half_to_float(half_t h) {
  const uint32_t sign = (uint32_t)(h & 0x8000u) << 16, rest = h & 0x7fffu;
  union { uint32_t u; float f; } x;
  x.u = rest << 13;
  x.f *= 5.192296858534828e33f; /* 2^112 moves the exponent bias of half to that of float */
  x.u |= sign | (rest >= 0x7c00u ? 0x7f800000u : 0u);
  return x.f;
}
#define LDH(p, i) half_to_float((p)[i])
#if VW == 16 && defined(__AVX512F__)
DEVFN vec VLDH(const half_t *p) { return (vec)_mm512_cvtph_ps(_mm256_loadu_si256((const __m256i_u *)p)); }
DEVFN vec VRINT(vec x) { return (vec)_mm512_roundscale_ps((__m512)x, 8); }
#elif VW == 8 && defined(__F16C__)
DEVFN vec VLDH(const half_t *p) { return (vec)_mm256_cvtph_ps(_mm_loadu_si128((const __m128i_u *)p)); }
DEVFN vec VRINT(vec x) { return (vec)_mm256_round_ps((__m256)x, 8); }
#else
#if defined(__aarch64__) && VW == 4
typedef __fp16 fp16x4 __attribute__((vector_size(8), aligned(2), may_alias));
DEVFN vec VLDH(const half_t *p) { return __builtin_convertvector(*(const fp16x4 *)p, vec); }
#else
DEVFN vec VLDH(const half_t *p) {
  const uvec h = __builtin_convertvector(*(const hvec *)p, uvec), rest = h & 0x7fffu;
  const vec f = (vec)(rest << 13) * 5.192296858534828e33f;
  const uvec special = (uvec)(rest >= 0x7c00u) & 0x7f800000u;
  return (vec)((uvec)f | ((h & 0x8000u) << 16) | special);
}
#endif
/* Adding and taking away 1.5 * 2^23 leaves the nearest integer; |x| stays far below 2^22. */
DEVFN vec VRINT(vec x) { return (x + 12582912.0f) - 12582912.0f; }
#endif

/* Reductions halve: a chain of VW additions would cost as much as the vectors they come from. A NaN in HMAX may be
 * lost, as with VMAX; sums keep it. */
DEVFN float HMAX(vec v) {
  float m[VW];
  LST(m, v);
  UNROLL for (int n = VW / 2; n > 0; n /= 2)
    UNROLL for (int i = 0; i < n; i++) m[i] = m[i + n] > m[i] ? m[i + n] : m[i];
  return m[0];
}
DEVFN float HSUM(vec v) {
  float s[VW];
  LST(s, v);
  UNROLL for (int n = VW / 2; n > 0; n /= 2)
    UNROLL for (int i = 0; i < n; i++) s[i] += s[i + n];
  return s[0];
}
DEVFN float SMAX(float a, float b) { return a > b ? a : b; }

#if VW == 16
#define VZIPLO(a, b) __builtin_shufflevector(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23)
#define VZIPHI(a, b) __builtin_shufflevector(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31)
#elif VW == 8
#define VZIPLO(a, b) __builtin_shufflevector(a, b, 0, 8, 1, 9, 2, 10, 3, 11)
#define VZIPHI(a, b) __builtin_shufflevector(a, b, 4, 12, 5, 13, 6, 14, 7, 15)
#else
#define VZIPLO(a, b) __builtin_shufflevector(a, b, 0, 4, 1, 5)
#define VZIPHI(a, b) __builtin_shufflevector(a, b, 2, 6, 3, 7)
#endif
#define TILE_TRANSPOSE 1

/* Even and odd lanes of two vectors, within each four lanes: the steps of summing four vectors at once. */
typedef float vec4 __attribute__((vector_size(16), aligned(4), may_alias));
#if VW == 16
#define VEVEN(a, b) __builtin_shufflevector(a, b, 0, 2, 16, 18, 4, 6, 20, 22, 8, 10, 24, 26, 12, 14, 28, 30)
#define VODD(a, b) __builtin_shufflevector(a, b, 1, 3, 17, 19, 5, 7, 21, 23, 9, 11, 25, 27, 13, 15, 29, 31)
DEVFN vec4 LANES_OF_4(vec x) {
  return (__builtin_shufflevector(x, x, 0, 1, 2, 3) + __builtin_shufflevector(x, x, 4, 5, 6, 7)) +
         (__builtin_shufflevector(x, x, 8, 9, 10, 11) + __builtin_shufflevector(x, x, 12, 13, 14, 15));
}
#elif VW == 8
#define VEVEN(a, b) __builtin_shufflevector(a, b, 0, 2, 8, 10, 4, 6, 12, 14)
#define VODD(a, b) __builtin_shufflevector(a, b, 1, 3, 9, 11, 5, 7, 13, 15)
DEVFN vec4 LANES_OF_4(vec x) {
  return __builtin_shufflevector(x, x, 0, 1, 2, 3) + __builtin_shufflevector(x, x, 4, 5, 6, 7);
}
#else
#define VEVEN(a, b) __builtin_shufflevector(a, b, 0, 2, 4, 6)
#define VODD(a, b) __builtin_shufflevector(a, b, 1, 3, 5, 7)
DEVFN vec4 LANES_OF_4(vec x) { return x; }
#endif

#define MINUS_INF (-__builtin_inff())
/* 2^x for x <= 0: exact 0 below -126, NaN stays NaN; degree 6 on [-0.5, 0.5], about 2 ulp. */
DEVFN vec VEXP2(vec x) {
  const vec low = SPLAT(-126.0f), y = x < low ? low : x;
  const vec r = VRINT(y), f = y - r;
  vec p = SPLAT(1.534017065e-04f);
  p = p * f + 1.339988317e-03f;
  p = p * f + 9.618509561e-03f;
  p = p * f + 5.550329015e-02f;
  p = p * f + 2.402264625e-01f;
  p = p * f + 6.931471825e-01f;
  p = p * f + 1.0f;
  const ivec n = __builtin_convertvector(r, ivec);
  p = p * (vec)((n + 127) << 23);
  return x < low ? vec{} : p;
}
DEVFN float SEXP2(float x) { return __builtin_exp2f(x); }
/* s + m log2(e), and exactly -inf where m is -inf, whatever s holds. */
DEVFN vec MASK_ADD(vec s, vec m) {
  return m == MINUS_INF ? SPLAT(MINUS_INF) : s + m * 1.4426950408889634f;
}
