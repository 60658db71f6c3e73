// Keys of the second branch, one row per cell of llama.cpp's own key cache, in step with it by construction:
// whenever llama.cpp writes a cell, the hook writes the same row here. Kept whole (half precision, laid out like
// the key cache), or as the latent z from which the kernel rebuilds them.
#pragma once

#include <cstdint>
#include <vector>

#include "../attention.h"
#include "step.h"

namespace sabun::llama {

// Cosines and sines of every cell's position for rebuilding keys: [2][n_rot / 2][stride].
struct CellAngles {
  Rope rope;
  int stride = 0;
  std::vector<float> table;

  void resize(int n_cells);
  void set(std::int64_t cell, const float *cs);
};

struct SecondKeys {
  int width = 0;  // numbers per cell: key heads x D when kept, rank when latent
  std::vector<std::uint16_t> rows;

  // Makes room; new rows are zero. Contents are lost if the width changes.
  void resize(std::int64_t n_cells, int new_width);
  std::uint16_t *row(std::int64_t cell) { return rows.data() + cell * width; }
  std::size_t n_bytes() const { return rows.size() * sizeof(std::uint16_t); }
};

}  // namespace sabun::llama
