// Small dense arithmetic on rows of float32, for what an adapter adds to a layer.
#pragma once

#include <cstdint>

namespace sabun::llama {

// y[t][o] = sum_i x[t][i] w[i][o] for t < n_rows, on n_threads OpenMP threads. y rows are y_stride apart.
void multiply(const float *x, long long x_stride, const float *w, int n_in, int n_out, float *y, long long y_stride,
              int n_rows, int n_threads);

// x[e] = h[e] / sqrt(mean(h^2) + eps) * weight[e] (+ bias[e]).
void rms_norm(const float *h, const float *weight, const float *bias, float eps, int n, float *x);

// sum_i w[i] gelu(u[i]) with the exact (erf) GELU; erf to 2e-7.
float gelu_dot(const float *w, const float *u, int n);

void half_to_float(const std::uint16_t *from, float *to, int n);
void float_to_half(const float *from, std::uint16_t *to, int n);

}  // namespace sabun::llama
