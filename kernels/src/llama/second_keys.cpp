#include "second_keys.h"

namespace sabun::llama {

void CellAngles::resize(int n_cells) {
  const int wanted = (n_cells + TILE_KEYS - 1) / TILE_KEYS * TILE_KEYS;
  if (wanted == stride) return;
  stride = wanted;
  table.assign(static_cast<std::size_t>(rope.n_rot) * stride, 0.0f);
}

void CellAngles::set(std::int64_t cell, const float *cs) {
  const int half = rope.n_rot / 2;
  for (int i = 0; i < half; i++) {
    table[static_cast<std::size_t>(i) * stride + cell] = cs[2 * i];
    table[static_cast<std::size_t>(half + i) * stride + cell] = cs[2 * i + 1];
  }
}

void SecondKeys::resize(std::int64_t n_cells, int new_width) {
  if (new_width != width) rows.clear();
  width = new_width;
  if (rows.size() != static_cast<std::size_t>(n_cells) * width) rows.resize(static_cast<std::size_t>(n_cells) * width);
}

}  // namespace sabun::llama
