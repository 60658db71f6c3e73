// Small dense arithmetic on rows of float32, for what an adapter adds to a layer.
#pragma once

#include <cstdint>

namespace sabun::llama {

// y[t][o] = sum_i x[t][i] w[i][o] for t < n_rows; rows of x and y are n_in and n_out apart.
void multiply(const float *x, const float *w, int n_in, int n_out, float *y, int n_rows);

// x[e] = h[e] / sqrt(mean(h^2) + eps) * weight[e] (+ bias[e]).
void rms_norm(const float *h, const float *weight, const float *bias, float eps, int n, float *x);

// sum_i w[i] gelu(u[i]) with the exact (erf) GELU; erf to 2e-7.
float gelu_dot(const float *w, const float *u, int n);

void half_to_float(const std::uint16_t *from, float *to, int n);
void float_to_half(const float *from, std::uint16_t *to, int n);

}  // namespace sabun::llama
