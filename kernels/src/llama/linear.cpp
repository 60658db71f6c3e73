#include "linear.h"

#include <bit>
#include <cmath>
#include <cstring>

// One copy per instruction set, chosen when the library is loaded, where compiler and linker can do that.
#if defined(__x86_64__) && defined(__linux__) && defined(__GNUC__)
#define CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define CLONES
#endif

namespace sabun::llama {
namespace {

// Both conversions are whole-number arithmetic without branches, because compilers turn that into vectors and
// conversions of _Float16 not (GCC 12).
inline __attribute__((always_inline)) float float_of(std::uint16_t half) {
  const std::uint32_t sign = (half & 0x8000u) << 16, size = half & 0x7fffu;
  // As a float's bits, 13 places up, the number is 2^-112 of what it should be, subnormal or not.
  const std::uint32_t finite = std::bit_cast<std::uint32_t>(std::bit_cast<float>(size << 13) * 0x1p112f);
  return std::bit_cast<float>(sign | (size < 0x7c00u ? finite : size << 13 | 0x7f800000u));
}

inline __attribute__((always_inline)) std::uint16_t half_of(float value) {
  const std::uint32_t bits = std::bit_cast<std::uint32_t>(value), sign = bits >> 16 & 0x8000u, size = bits & 0x7fffffffu;
  const std::uint32_t normal = (size - (112u << 23) + 0xfffu + (size >> 13 & 1u)) >> 13;
  // Below 2^-14 an addition to 0.5 rounds at the last place of a subnormal half.
  const std::uint32_t tiny = std::bit_cast<std::uint32_t>(std::bit_cast<float>(size) + 0.5f) - 0x3f000000u;
  const std::uint32_t large = size > 0x7f800000u ? 0x7e00u : 0x7c00u;  // not a number; infinity
  return static_cast<std::uint16_t>(sign | (size >= 0x477ff000u ? large : size < 0x38800000u ? tiny : normal));
}

constexpr int rows = 4, columns = 16;  // sums in registers: 4 x 2 vectors of 8

// y[rows][columns] for full blocks: each weight is loaded once for four rows.
CLONES void multiply_block(const float *x, long long x_stride, const float *w, int n_in, int n_out, float *y,
                           long long y_stride) {
  float sum[rows][columns] = {};
  for (int i = 0; i < n_in; i++)
    for (int r = 0; r < rows; r++) {
      const float a = x[r * x_stride + i];
      for (int c = 0; c < columns; c++) sum[r][c] += a * w[static_cast<long long>(i) * n_out + c];
    }
  for (int r = 0; r < rows; r++) std::memcpy(y + r * y_stride, sum[r], sizeof sum[r]);
}

// N columns at once: four rows of sums in registers, so that no addition waits for the one before.
template <int N>
inline __attribute__((always_inline)) void multiply_columns(const float *x, const float *w, int n_in, int n_out,
                                                            float *y) {
  float sum[4][N] = {};
  int i = 0;
  for (; i + 4 <= n_in; i += 4)
    for (int r = 0; r < 4; r++)
      for (int c = 0; c < N; c++) sum[r][c] += x[i + r] * w[static_cast<long long>(i + r) * n_out + c];
  for (; i < n_in; i++)
    for (int c = 0; c < N; c++) sum[0][c] += x[i] * w[static_cast<long long>(i) * n_out + c];
  for (int c = 0; c < N; c++) y[c] = (sum[0][c] + sum[1][c]) + (sum[2][c] + sum[3][c]);
}

// Few columns and many sums: an adapter's way down to its rank.
CLONES void multiply_narrow(const float *x, const float *w, int n_in, int n_out, float *y) {
  int c = 0;
  for (; c + 8 <= n_out; c += 8) multiply_columns<8>(x, w + c, n_in, n_out, y + c);
  for (; c < n_out; c++) multiply_columns<1>(x, w + c, n_in, n_out, y + c);
}

CLONES void multiply_row(const float *x, const float *w, int n_in, int n_out, float *y) {
  for (int o = 0; o < n_out; o++) y[o] = 0.0f;
  for (int i = 0; i < n_in; i++) {
    const float a = x[i], *from = w + static_cast<long long>(i) * n_out;
    for (int o = 0; o < n_out; o++) y[o] += a * from[o];
  }
}

CLONES void scale_rows(const float *h, const float *weight, const float *bias, float factor, int n, float *x) {
  for (int e = 0; e < n; e++) x[e] = h[e] * factor * weight[e] + (bias ? bias[e] : 0.0f);
}

CLONES float sum_of_squares(const float *h, int n) {
  float part[16] = {};
  int e = 0;
  for (; e + 16 <= n; e += 16)
    for (int j = 0; j < 16; j++) part[j] += h[e + j] * h[e + j];
  double sum = 0;
  for (float p : part) sum += p;
  for (; e < n; e++) sum += static_cast<double>(h[e]) * h[e];
  return static_cast<float>(sum);
}

// Rational approximation of erf on [-4, 4], odd over even polynomial in x^2; outside it is 1 to float32.
inline float erf_of(float x) {
  x = x < -4.0f ? -4.0f : x > 4.0f ? 4.0f : x;
  const float s = x * x;
  float p = -2.72614225801306e-10f;
  p = p * s + 2.77068142495902e-08f;
  p = p * s - 2.10102402082508e-06f;
  p = p * s - 5.69250639462346e-05f;
  p = p * s - 7.34990630326855e-04f;
  p = p * s - 2.95459980854025e-03f;
  p = p * s - 1.60960333262415e-02f;
  float q = -1.45660718464996e-05f;
  q = q * s - 2.13374055278905e-04f;
  q = q * s - 1.68282697438203e-03f;
  q = q * s - 7.37332916720468e-03f;
  q = q * s - 1.42647390514189e-02f;
  return x * p / q;
}

}  // namespace

void multiply(const float *x, const float *w, int n_in, int n_out, float *y, int n_rows) {
  const int n_blocks = n_out % columns == 0 ? n_rows / rows : 0;
  for (int b = 0; b < n_blocks; b++)
    for (int c = 0; c < n_out; c += columns)
      multiply_block(x + static_cast<long long>(b) * rows * n_in, n_in, w + c, n_in, n_out,
                     y + static_cast<long long>(b) * rows * n_out + c, n_out);
  const auto one_row = n_out < n_in ? multiply_narrow : multiply_row;
  for (int t = n_blocks * rows; t < n_rows; t++)
    one_row(x + static_cast<long long>(t) * n_in, w, n_in, n_out, y + static_cast<long long>(t) * n_out);
}

void rms_norm(const float *h, const float *weight, const float *bias, float eps, int n, float *x) {
  scale_rows(h, weight, bias, 1.0f / std::sqrt(sum_of_squares(h, n) / static_cast<float>(n) + eps), n, x);
}

CLONES float gelu_dot(const float *w, const float *u, int n) {
  float part[16] = {};
  int i = 0;
  for (; i + 16 <= n; i += 16)
    for (int j = 0; j < 16; j++) {
      const float a = u[i + j];
      part[j] += w[i + j] * 0.5f * a * (1.0f + erf_of(a * 0.70710678f));
    }
  float sum = 0;
  for (float p : part) sum += p;
  for (; i < n; i++) sum += w[i] * 0.5f * u[i] * (1.0f + erf_of(u[i] * 0.70710678f));
  return sum;
}

CLONES void half_to_float(const std::uint16_t *from, float *to, int n) {
  for (int i = 0; i < n; i++) to[i] = float_of(from[i]);
}

CLONES void float_to_half(const float *from, std::uint16_t *to, int n) {
  for (int i = 0; i < n; i++) to[i] = half_of(from[i]);
}

}  // namespace sabun::llama
