// The tensors of one flash-attention node, as they are seen when the node is computed.
#pragma once

#include <cstdint>
#include <vector>

#include "../attention.h"
#include "second_keys.h"
#include "step.h"

namespace sabun::llama {

struct Stop {
  const ggml_tensor *node = nullptr;
  sabun_attention call{};
  int layer = 0;
  int d = 0, dv = 0, heads = 0, groups = 0, tq = 0, n_tokens = 0, n_embd = 0;
  float scale = 1, q_gain = 1;  // q_gain: factor on added queries where the model scales its own beforehand
  bool second = false, sparse = false, prepared = false, inlined = false;
  const Mask *mask = nullptr;
  const std::vector<std::int32_t> *positions = nullptr;  // of the tokens
  const std::vector<std::int64_t> *cells = nullptr;      // they were written to; null if that is not known
  const float *q = nullptr;  // first query; strides in floats
  long long q_h = 0, q_t = 0, q_b = 0;
  const char *k = nullptr;
  char *v = nullptr, *out = nullptr;
  long long first_cell = 0, stream_cells = 0;  // cells before the key view; between streams
  const Angles *angles = nullptr;
  CellAngles *cell_angles = nullptr;
  // The layer's input: residual stream, norm weight and bias.
  const char *residual = nullptr;
  long long residual_row = 0;
  const float *weight = nullptr, *bias = nullptr;
  float eps = 0;

  const float *query(int token, int head) const { return q + token / tq * q_b + token % tq * q_t + head * q_h; }
  const float *turn(int token) const { return angles->cs.data() + static_cast<std::size_t>(token) * angles->rope.n_rot; }
};

// Where row `token` of a matrix with rows of `width` starts.
inline std::size_t at(int token, int width) { return static_cast<std::size_t>(token) * width; }

}  // namespace sabun::llama
