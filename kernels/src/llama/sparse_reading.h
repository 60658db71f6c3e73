// Reading prompts with fewer keys: sink + window, or selected blocks with centroids, and delta correction.
// The definitions are kernels/selection.py and kernels/sparse.py; here they run on one micro-batch of a prompt.
#pragma once

#include <vector>

#include "block_means.h"
#include "kernel_run.h"
#include "settings.h"
#include "stop.h"

namespace sabun::llama {

class SparseReading {
 public:
  SparseReading(int n_layers, const Settings &settings, KernelRun &kernels)
      : settings_(settings), kernels_(kernels), layers_(n_layers) {}

  // Forgets what is kept of every layer.
  void reset();

  // Tokens of the prompt that is read next: its last rows stay dense. 0: nothing is sparse.
  void expect(int n_tokens) {
    n_prompt_ = n_tokens;
    if (n_tokens > 0) was_sparse_ = false;
  }

  // Where reading sparsely helps and is defined.
  bool applies(const Stop &s) const;

  // By all threads of the team, which come back together.
  void attend(const Stop &s, const Team &team);

  void layer_done(const Stop &s) { was_sparse_ = was_sparse_ || s.sparse; }
  bool was_sparse() const { return was_sparse_; }  // some layer read the last prompt sparsely

 private:
  struct LayerState {
    BlockMeans means;
    std::vector<float> difference;  // of dense rows from their sparse ones, on average: [heads x Dv]
    int next = -1;                  // position that goes on where this stands
  };

  void correct(const Stop &s, int n_rows, const Team &team);
  static void correct_rows(float *out, const float *dense, float *mean, int n_rows, int width, float weight, int lo,
                           int hi);
  void select_blocks(const Stop &s, sabun_attention &a, const Team &team);
  void mark_blocks(const sabun_attention &a, const BlockMeans &means, float scale, int group, int row,
                   unsigned char *squares) const;

  const Settings &settings_;
  KernelRun &kernels_;
  std::vector<LayerState> layers_;
  int n_prompt_ = 0;
  bool was_sparse_ = false;

  // Scratch, only ever grown.
  std::vector<float> dense_;
  std::vector<unsigned char> map_;
};

}  // namespace sabun::llama
