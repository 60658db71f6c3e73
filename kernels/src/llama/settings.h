// How to attend, until it is said otherwise.
#pragma once

#include "variants.h"

namespace sabun::llama {

// How prompts are read. Sparse ways work on causal masks over cells in order of position, on prompts of at
// least min_tokens; everything else, and every generated token, is dense.
struct Prefill {
  bool window = false;    // sink + sliding window ...
  bool select = false;    // ... or blocks of 64 x 64 chosen by pooled scores
  bool compress = false;  // with select: marginal blocks take part as one centroid
  bool correct = false;   // add what dense rows, every gamma-th, differ from their sparse ones
  int sink_keys = 128, window_keys = 512, gamma = 64, min_tokens = 0;
  float mass = 0.9f, marginal_mass = 0.99f;
  float smoothing = 1;    // of a running mean of these differences, the share of a new one; 1: no mean
  int sink_blocks = 1, local_blocks = 8;

  bool sparse() const { return window || select; }
};

struct Settings {
  VariantTraits variant;     // by default llama.cpp computes
  bool rescale = false;      // divide by 1 - lambda
  float temperature = 2.0f;  // of a variant that flattens
  bool latent = false;       // keep second keys as latent
  int n_threads = 1;
  bool always_copy = false;  // as if no tensor lived in host memory (tests)
  Prefill prefill;
};

}  // namespace sabun::llama
