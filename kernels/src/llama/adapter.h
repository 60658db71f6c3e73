// What a differential, selective or contrastive variant adds to each layer, and how prompts are read.
#pragma once

#include <vector>

namespace sabun::llama {

enum class Variant {
  own,        // llama.cpp computes attention itself; the hook touches nothing
  baseline,   // ordinary attention through our kernel
  paper,      // DiffLoRA, second branch low rank only
  mirror,     // DiffLoRA, second branch = first branch + low rank
  shared,     // differential V2: second queries, the first branch's keys, lambda per token and head
  selective,  // temperatures of queries and values
  contrast,   // the model's own map, smoothed, subtracted; no adapter
};

// Low-rank product x a b, with the adapter's alpha / rank already inside b.
struct LowRank {
  int rank = 0;
  std::vector<float> a;  // [n_embd][rank]
  std::vector<float> b;  // [rank][heads x D]
};

// tau(x_n)[head] = tanh(weight[head] . gelu(u)) + 1 + gain log(n)
struct Temperature {
  std::vector<float> weight;  // [heads][D], empty: always 1
  float gain = 0;             // sigmoid of the trained scalar
};

struct Layer {
  LowRank q2, k2;
  std::vector<float> basis;        // k2.b per key head, transposed: [G][D][rank]; made by the hook
  std::vector<float> lam;          // [H], constant lambda; empty: the layer runs baseline
  std::vector<float> lam_weight;   // [n_embd][H], lambda = sigmoid(x w + bias)
  std::vector<float> lam_bias;     // [H]
  Temperature tau_q, tau_v;

  bool differential() const { return !lam.empty() || !lam_weight.empty(); }
};

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

}  // namespace sabun::llama
