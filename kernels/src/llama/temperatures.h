// Temperatures of queries and values: tau(x_n) = tanh(weight . gelu(u)) + 1 + gain log(n), for every token and head.
#pragma once

#include <vector>

#include "adapter.h"
#include "evaluation.h"
#include "stop.h"
#include "team.h"

namespace sabun::llama {

class Temperatures {
 public:
  explicit Temperatures(Evaluation &evaluation) : evaluation_(evaluation) {}

  // One thread: room for the scaled queries, and the call reads them.
  void set_up(Stop &s);

  // All threads, each for its part of the tokens; values are scaled where they lie, in llama.cpp's cache.
  void prepare(const Stop &s, const Layer &layer, const Team &team);

 private:
  void scale_queries(const Stop &s, const Temperature &tau, int begin, int end);
  static void scale_values(const Stop &s, const Temperature &tau, int begin, int end);

  Evaluation &evaluation_;
  std::vector<float> q1_;
};

}  // namespace sabun::llama
