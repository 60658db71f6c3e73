// The tensors of one flash-attention node, as the hook sees them at its stop.
#pragma once

#include "hook.h"

namespace sabun::llama {

struct Hook::Stop {
  ggml_tensor *node;
  int d, dv, heads, groups, tq, tk, n_streams, n_tokens;
  float scale, q_gain;  // q_gain: factor on added queries where the model scales its own beforehand
  const Mask *mask;
  const std::vector<std::int64_t> *cells = nullptr;
  const float *q = nullptr;  // first query; strides below
  long long q_h = 0, q_t = 0, q_b = 0;
  const char *k = nullptr;
  char *v = nullptr;
  long long first_cell = 0, stream_cells = 0;  // cells before the key view; between streams
  const Angles *angles = nullptr;
  float *out = nullptr;
  int n_embd = 0;

  int row_of(int token, int &stream) const {
    stream = token / tq;
    return token % tq;
  }
  const float *query(int token, int head) const { return q + token / tq * q_b + token % tq * q_t + head * q_h; }
};

// Block means of keys and values of one layer, for centroids; recomputed from where cells were rewritten.
struct Hook::Means {
  std::vector<std::uint16_t> k1, k2, v;  // [groups][capacity][d]
  int capacity = 0, n_valid = 0;
};

}  // namespace sabun::llama
