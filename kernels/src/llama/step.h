// What one evaluation of the graph (one micro-batch) shares between its layers, read from the graph's inputs.
//
// Inputs are read when a node that uses them is first announced: their memory may be reused after their last
// use, but nothing of the graph has run by then.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "ggml_api.h"
#include "rope.h"

namespace sabun::llama {

// What an attention mask [streams][tq][tk] (half, 0 or -inf) says.
struct Mask {
  const ggml_tensor *tensor = nullptr;
  std::vector<char> space;         // the copy, if there is one
  const std::uint16_t *data = nullptr;
  long long row = 0, stream = 0;   // strides in elements
  int tq = 0, tk = 0, n_streams = 1;
  int n_keys = 0;                  // keys up to the last one that any row sees
  bool causal = false;             // one stream; row t sees exactly the keys 0 .. pos0 + t
  int pos0 = 0;
  std::vector<unsigned char> map;  // tiles [streams][ceil(tq/64)][ceil(n_keys/64)]; only if not causal
};

// Cosines and sines of the tokens of a step under one way to rotate.
struct Angles {
  Rope rope;
  std::vector<float> cs;  // [tokens][n_rot]
};

class Step {
 public:
  explicit Step(const GgmlApi &api) : api_(&api) {}

  // Forgets everything: a new graph evaluation starts.
  void begin();

  void read_positions(ggml_tensor *positions);
  void read_cells(ggml_tensor *indexes);

  // Position of each token; empty if none was read.
  const std::vector<std::int32_t> &positions() const { return positions_; }

  // Cache row that each token was written to, as given by one index tensor; null if it was not read.
  const std::vector<std::int64_t> *cells(const ggml_tensor *indexes) const;

  const Mask &mask(ggml_tensor *tensor, bool always_copy);
  const Angles &angles(const Rope &rope);

 private:
  struct Cells {
    const ggml_tensor *tensor;
    std::vector<std::int64_t> rows;
  };
  const GgmlApi *api_;
  const ggml_tensor *positions_tensor_ = nullptr;
  std::vector<std::int32_t> positions_;
  std::vector<Cells> cells_;
  std::vector<std::unique_ptr<Mask>> masks_;
  std::vector<std::unique_ptr<Angles>> angles_;
};

}  // namespace sabun::llama
