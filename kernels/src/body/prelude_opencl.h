/* The dialect as OpenCL C 1.2. Set on the command line: VW TX TY RM CN NB D DV ... */
#define CAT_(a, b) a##b
#define CAT(a, b) CAT_(a, b)
#define I64 long
/* Without always_inline PoCL 3.1 returned NaN. */
#define DEVFN static inline __attribute__((always_inline))
#define SHAREDFN DEVFN
#define GLOBAL __global
#define LOCAL __local
#if TX * TY == 1 /* nobody to wait for */
#define BARRIER()
#define BARRIER_GLOBAL()
#else
#define BARRIER() barrier(CLK_LOCAL_MEM_FENCE)
#define BARRIER_GLOBAL() barrier(CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE)
#endif
#define UNROLL _Pragma("unroll")
#define NO_UNROLL
#define LANE_X ((int)get_local_id(0))
#define LANE_Y ((int)get_local_id(1))
#define GROUP_X ((int)get_group_id(0))
#define GROUP_Y ((int)get_group_id(1))
#define GROUP_Z ((int)get_group_id(2))
#define KERNEL __kernel __attribute__((reqd_work_group_size(TX, TY, 1))) void
#define LOCAL_FLOATS(name, n) __local float name[n];
#define PRIVATE_FLOATS vec *
#define POFFSET(a, i) ((a) + (i))
typedef half half_t;
typedef uchar byte_t;

typedef CAT(float, VW) vec;
#define LLD(p) CAT(vload, VW)(0, p)
#define LST(p, v) CAT(vstore, VW)(v, 0, p)
#define GLD(p) CAT(vload, VW)(0, p)
#define GST(p, v) CAT(vstore, VW)(v, 0, p)
#define PLD(a, i) ((a)[i])
#define PST(a, i, v) ((a)[i] = (v))
#define SPLAT(s) ((vec)(s))
#define VFMA(s, v, a) fma(SPLAT(s), (v), (a))
#define VMAX(a, b) fmax(a, b)
#define SMAX(a, b) fmax(a, b)
#define LDH(p, i) vload_half(i, p)
#ifdef HALF_BY_BITS /* CPU drivers: vload_half becomes a call per element there */
DEVFN vec half_vec(CAT(ushort, VW) h) {
  const CAT(uint, VW) u = CAT(convert_uint, VW)(h), rest = u & 0x7fffu;
  const vec f = CAT(as_float, VW)(rest << 13) * SPLAT(5.192296858534828e33f); /* 2^112 */
  const CAT(uint, VW) special = CAT(as_uint, VW)(rest >= 0x7c00u) & 0x7f800000u;
  return CAT(as_float, VW)(CAT(as_uint, VW)(f) | ((u & 0x8000u) << 16) | special);
}
#define VLDH(p) half_vec(CAT(vload, VW)(0, (__global const ushort *)(p)))
#else
#define VLDH(p) CAT(vload_half, VW)(0, p)
#endif

#if VW == 16
DEVFN float HMAX(vec v) {
  const float8 a = fmax(v.lo, v.hi);
  const float4 b = fmax(a.lo, a.hi);
  const float2 c = fmax(b.lo, b.hi);
  return fmax(c.x, c.y);
}
DEVFN float HSUM(vec v) {
  const float8 a = v.lo + v.hi;
  const float4 b = a.lo + a.hi;
  const float2 c = b.lo + b.hi;
  return c.x + c.y;
}
#define VZIPLO(a, b) (float16)(a.s0, b.s0, a.s1, b.s1, a.s2, b.s2, a.s3, b.s3, a.s4, b.s4, a.s5, b.s5, a.s6, b.s6, a.s7, b.s7)
#define VZIPHI(a, b) (float16)(a.s8, b.s8, a.s9, b.s9, a.sa, b.sa, a.sb, b.sb, a.sc, b.sc, a.sd, b.sd, a.se, b.se, a.sf, b.sf)
#elif VW == 8
DEVFN float HMAX(vec v) {
  const float4 b = fmax(v.lo, v.hi);
  const float2 c = fmax(b.lo, b.hi);
  return fmax(c.x, c.y);
}
DEVFN float HSUM(vec v) {
  const float4 b = v.lo + v.hi;
  const float2 c = b.lo + b.hi;
  return c.x + c.y;
}
#define VZIPLO(a, b) (float8)(a.s0, b.s0, a.s1, b.s1, a.s2, b.s2, a.s3, b.s3)
#define VZIPHI(a, b) (float8)(a.s4, b.s4, a.s5, b.s5, a.s6, b.s6, a.s7, b.s7)
#else
DEVFN float HMAX(vec v) {
  const float2 c = fmax(v.lo, v.hi);
  return fmax(c.x, c.y);
}
DEVFN float HSUM(vec v) {
  const float2 c = v.lo + v.hi;
  return c.x + c.y;
}
#define VZIPLO(a, b) (float4)(a.x, b.x, a.y, b.y)
#define VZIPHI(a, b) (float4)(a.z, b.z, a.w, b.w)
#endif
#if TX == 1 && TY == 1
#define TILE_TRANSPOSE 1
#endif
#if defined(__clang__) && VW == 16 /* the swizzles above cost its front end seconds */
#undef VZIPLO
#undef VZIPHI
#define VZIPLO(a, b) __builtin_shufflevector(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23)
#define VZIPHI(a, b) __builtin_shufflevector(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31)
#endif

#define MINUS_INF (-INFINITY)
DEVFN vec VEXP2(vec x) {
  const vec low = SPLAT(-126.0f), y = select(x, low, isless(x, low));
#ifdef EXP_BY_POLYNOMIAL /* branch-free, so CPU drivers keep it in vectors; about 2 ulp */
  const vec r = rint(y), f = y - r;
  vec p = SPLAT(1.534017065e-04f);
  p = fma(p, f, SPLAT(1.339988317e-03f));
  p = fma(p, f, SPLAT(9.618509561e-03f));
  p = fma(p, f, SPLAT(5.550329015e-02f));
  p = fma(p, f, SPLAT(2.402264625e-01f));
  p = fma(p, f, SPLAT(6.931471825e-01f));
  p = fma(p, f, SPLAT(1.0f));
  p = p * CAT(as_float, VW)((CAT(convert_int, VW)(r) + 127) << 23);
#else
  const vec p = native_exp2(y);
#endif
  return select(p, SPLAT(0.0f), isless(x, low));
}
DEVFN float SEXP2(float x) { return exp2(x); }
DEVFN vec MASK_ADD(vec s, vec m) {
  return select(fma(m, SPLAT(1.4426950408889634f), s), SPLAT(MINUS_INF), isequal(m, SPLAT(MINUS_INF)));
}
