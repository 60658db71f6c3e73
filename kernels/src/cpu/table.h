// What one compilation of the kernel text for one instruction set offers.
#pragma once

#include "../attention.h"

namespace sabun {

// One entry per storage type of K and V: [0] float, [1] half.
struct Kernels {
  const char *name;
  int rows;  // query rows of one prefill work item
  void (*prefill[2])(const sabun_attention &, int block, int g, int b, float *scratch);
  // One split of the keys of one query position: ends [heads][2][2], sums [heads][2][dv] (by group, branch, head).
  void (*split[2])(const sabun_attention &, int split, int b, float *ends, float *sums, float *scratch);
  void (*merge)(const sabun_attention &, const float *ends, const float *sums, int h, int b);
  long long (*scratch_floats)(const attention_shape &);
};

extern const Kernels kernels_baseline;
#ifdef SABUN_X86
extern const Kernels kernels_avx2, kernels_avx512;
#endif

}  // namespace sabun
