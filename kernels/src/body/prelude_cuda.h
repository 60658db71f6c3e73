/* The dialect as CUDA C++ for NVRTC; no header of the toolkit is needed. */
#define I64 long long
#define DEVFN static __device__ __forceinline__
#define SHAREDFN DEVFN
#define GLOBAL
#define LOCAL
#define BARRIER() __syncthreads()
#define BARRIER_GLOBAL() __syncthreads()
#define UNROLL _Pragma("unroll")
#define NO_UNROLL _Pragma("unroll 1")
#define LANE_X ((int)threadIdx.x)
#define LANE_Y ((int)threadIdx.y)
#define GROUP_X ((int)blockIdx.x)
#define GROUP_Y ((int)blockIdx.y)
#define GROUP_Z ((int)blockIdx.z)
#define KERNEL extern "C" __global__ void __launch_bounds__(TX * TY)
#define LOCAL_FLOATS(name, n) __shared__ __align__(16) float name[n];
#define PRIVATE_FLOATS vec *
#define POFFSET(a, i) ((a) + (i))
typedef unsigned short half_t;
typedef unsigned char byte_t;

struct vec {
  float f[VW];
};
#define EACH_ UNROLL for (int i = 0; i < VW; i++)
DEVFN vec SPLAT(float s) {
  vec r;
  EACH_ r.f[i] = s;
  return r;
}
DEVFN vec GLD(const float *p) {
  vec r;
  EACH_ r.f[i] = p[i];
  return r;
}
DEVFN void GST(float *p, vec v) { EACH_ p[i] = v.f[i]; }
#define LLD(p) GLD(p)
#define LST(p, v) GST(p, v)
#define PLD(a, i) ((a)[i])
#define PST(a, i, v) ((a)[i] = (v))
DEVFN vec VFMA(float s, vec v, vec a) {
  EACH_ a.f[i] = fmaf(s, v.f[i], a.f[i]);
  return a;
}
DEVFN vec VMAX(vec a, vec b) {
  EACH_ a.f[i] = fmaxf(a.f[i], b.f[i]);
  return a;
}
DEVFN vec operator*(vec a, vec b) {
  EACH_ a.f[i] *= b.f[i];
  return a;
}
DEVFN vec operator+(vec a, vec b) {
  EACH_ a.f[i] += b.f[i];
  return a;
}
DEVFN vec operator-(vec a, vec b) {
  EACH_ a.f[i] -= b.f[i];
  return a;
}
#define SMAX(a, b) fmaxf(a, b)
DEVFN float HMAX(vec v) {
  float m = v.f[0];
  EACH_ m = fmaxf(m, v.f[i]);
  return m;
}
DEVFN float HSUM(vec v) {
  float s = 0.0f;
  EACH_ s += v.f[i];
  return s;
}
DEVFN float half_to_float(half_t h) {
  float f;
  asm("cvt.f32.f16 %0, %1;" : "=f"(f) : "h"(h));
  return f;
}
#define LDH(p, i) half_to_float((p)[i])
DEVFN vec VLDH(const half_t *p) {
  vec r;
  EACH_ r.f[i] = half_to_float(p[i]);
  return r;
}
#define MINUS_INF (-__int_as_float(0x7f800000))
DEVFN float SEXP2(float x) { return exp2f(x); }
DEVFN vec VEXP2(vec x) {
  EACH_ x.f[i] = x.f[i] < -126.0f ? 0.0f : exp2f(x.f[i]);
  return x;
}
DEVFN vec MASK_ADD(vec s, vec m) {
  EACH_ s.f[i] = m.f[i] == MINUS_INF ? MINUS_INF : fmaf(m.f[i], 1.4426950408889634f, s.f[i]);
  return s;
}
