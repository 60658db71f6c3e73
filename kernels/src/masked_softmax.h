// Row-wise softmax of attention scores with an additive mask, accumulated in float64.
#pragma once

#include <cmath>
#include <cstddef>
#include <limits>

namespace sabun {

// out[i, j] = exp(s[i, j] + m[i, j] - max_j) / sum_j exp(...), all arrays [rows, cols], row-major.
// A row whose mask is -inf everywhere sees no key; it becomes zeros, not NaN.
inline void masked_softmax(const float *scores, const float *mask, float *out,
                           std::size_t rows, std::size_t cols) {
  for (std::size_t i = 0; i < rows; ++i) {
    const float *s = scores + i * cols;
    const float *m = mask + i * cols;
    float *o = out + i * cols;
    double peak = -std::numeric_limits<double>::infinity();
    for (std::size_t j = 0; j < cols; ++j) {
      const double logit = double(s[j]) + double(m[j]);
      if (logit > peak) peak = logit;
    }
    if (std::isinf(peak) && peak < 0) {
      for (std::size_t j = 0; j < cols; ++j) o[j] = 0.0f;
      continue;
    }
    double total = 0.0;
    for (std::size_t j = 0; j < cols; ++j) total += std::exp(double(s[j]) + double(m[j]) - peak);
    for (std::size_t j = 0; j < cols; ++j)
      o[j] = float(std::exp(double(s[j]) + double(m[j]) - peak) / total);
  }
}

}  // namespace sabun
