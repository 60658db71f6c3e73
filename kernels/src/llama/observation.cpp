#include "observation.h"

#include <algorithm>

namespace sabun::llama {

void Observation::begin(std::vector<std::pair<int, int>> spans) {
  spans_ = std::move(spans);
  mass_.assign(n_layers_ * spans_.size(), 0.0);
  n_rows_.assign(n_layers_, 0);
}

std::vector<double> Observation::end() {
  const std::size_t n = spans_.size();
  for (int layer = 0; layer < n_layers_; layer++)
    for (std::size_t i = 0; i < n && n_rows_[layer]; i++) mass_[layer * n + i] /= static_cast<double>(n_rows_[layer]);
  spans_.clear();
  return std::move(mass_);
}

void Observation::make_columns(const Stop &s, int width) {
  constexpr std::uint16_t one = 0x3c00;
  const int n_keys = s.call.shape.tk;
  columns_.assign(at(n_keys, width), 0);
  for (std::size_t i = 0; i < spans_.size(); i++)
    for (int key = std::max(0, spans_[i].first); key < std::min(n_keys, spans_[i].second); key++)
      columns_[at(key, width) + i] = one;
  observed_.resize(at(s.n_tokens * s.heads, width));
}

void Observation::measure(const Stop &s, KernelRun &kernels, const Team &team) {
  const int width = (static_cast<int>(spans_.size()) + 15) / 16 * 16;
  if (team.first()) make_columns(s, width);
  team.sync();
  sabun_attention a = s.call;
  a.v = columns_.data();
  a.out = observed_.data();
  attention_shape &shape = a.shape;
  shape.v_b = shape.v_g = 0, shape.v_t = width;
  shape.dv = width;
  shape.out_h = width, shape.out_t = 1LL * s.heads * width, shape.out_b = shape.out_t * s.tq;
  kernels.run(a, team);
  if (team.first()) add(s, width);
}

void Observation::add(const Stop &s, int width) {
  const std::size_t n = spans_.size();
  const int n_rows = s.n_tokens * s.heads;
  for (int row = 0; row < n_rows; row++)
    for (std::size_t i = 0; i < n; i++) mass_[s.layer * n + i] += observed_[at(row, width) + i];
  n_rows_[s.layer] += n_rows;
}

}  // namespace sabun::llama
