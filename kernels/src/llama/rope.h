// Rotary position encoding as the model itself does it, read off the graph node that rotates its queries.
#pragma once

#include <vector>

#include "ggml_api.h"

namespace sabun::llama {

struct Rope {
  int n_rot = 0;  // rotated dimensions, the first ones
  bool interleaved = false;
  int n_ctx_orig = 0;
  float base = 0, scale = 1, extrapolation = 0, magnitude = 1, beta_fast = 0, beta_slow = 0;
  std::vector<float> factors;  // [n_rot / 2] divisors of the frequencies, or empty

  bool operator==(const Rope &) const = default;

  // Cosine and sine, times the magnitude, of every pair at a position: cs[2 i], cs[2 i + 1].
  void angles(int position, float *cs) const;

  // Rotates one head in place; backward undoes it (the magnitude too).
  void rotate(float *head, const float *cs, bool backward = false) const;
};

// The ROPE node among the inputs of an attention node's queries; null if they are not rotated.
const ggml_tensor *rope_node(const ggml_tensor *queries);

// False if the node rotates in a way that is not known here (multi-axis positions, an offset).
bool read_rope(const GgmlApi &api, const ggml_tensor *node, Rope &rope);

}  // namespace sabun::llama
