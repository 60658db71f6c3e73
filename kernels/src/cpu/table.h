// What one compilation of the kernel text for one instruction set offers.
#pragma once

#include "../attention.h"

namespace sabun {

// One entry per storage type of K and V: [0] float, [1] half.
struct Kernels {
  const char *name;
  int rows;  // query rows of one prefill work item
  void (*prefill[2])(const sabun_attention &, int block, int g, int b, float *scratch);
  // One split of the keys of one query position; for the sizes of what is passed on see Job.
  void (*scores[2])(const sabun_attention &, int split, int b, float *scores, float *ends, float *scratch);
  void (*values[2])(const sabun_attention &, int split, int b, float *scores, float *ends, const float *totals,
                    float *partial, float *scratch);
  void (*join)(const sabun_attention &, float *ends, float *totals);
  void (*sum)(const sabun_attention &, const float *partial, int h, int b);
  long long (*scratch_floats)(const attention_shape &);
};

extern const Kernels kernels_baseline;
#ifdef SABUN_X86
extern const Kernels kernels_avx2, kernels_avx512;
#endif

}  // namespace sabun
