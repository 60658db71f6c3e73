// How much attention the evaluated tokens pay to spans of keys, layer by layer.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "kernel_run.h"
#include "stop.h"

namespace sabun::llama {

class Observation {
 public:
  explicit Observation(int n_layers) : n_layers_(n_layers) {}

  // Half-open spans of cells, to be measured until end().
  void begin(std::vector<std::pair<int, int>> spans);

  // Mean over heads and tokens, [n_layers][n_spans].
  std::vector<double> end();

  bool active() const { return !spans_.empty(); }

  // Runs the attention of `s` over one indicator column per span: the result is the mass itself. All threads.
  void measure(const Stop &s, KernelRun &kernels, const Team &team);

 private:
  void make_columns(const Stop &s, int width);
  void add(const Stop &s, int width);

  int n_layers_;
  std::vector<std::pair<int, int>> spans_;
  std::vector<double> mass_;
  std::vector<long long> n_rows_;
  std::vector<std::uint16_t> columns_;
  std::vector<float> observed_;
};

}  // namespace sabun::llama
