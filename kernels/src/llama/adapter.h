// What an adapter adds to each layer.
#pragma once

#include <vector>

namespace sabun::llama {

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
  std::vector<float> lam;          // [H], constant lambda
  std::vector<float> lam_weight;   // [n_embd][H], lambda = sigmoid(x w + bias)
  std::vector<float> lam_bias;     // [H]
  Temperature tau_q, tau_v;

  // A layer without has no second branch.
  bool has_lambda() const { return !lam.empty() || !lam_weight.empty(); }
};

}  // namespace sabun::llama
