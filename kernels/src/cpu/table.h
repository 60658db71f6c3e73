// What one compilation of the kernel text for one instruction set offers.
#pragma once

#include "../attention.h"

namespace sabun {

// Buffers of one decode call, shared by its threads.
struct DecodeBuffers {
  float *scores, *ends, *partial;
};

// One entry per storage type of K and V: [0] float, [1] half.
struct Kernels {
  const char *name;
  int rows;  // query rows of one prefill work item
  void (*prefill[2])(const sabun_attention &, int block, int g, int b, float *scratch);
  void (*scores[2])(const sabun_attention &, const DecodeBuffers &, int split, int g, int b, float *scratch);
  void (*values[2])(const sabun_attention &, const DecodeBuffers &, int split, int g, int b, float *scratch);
  void (*sum)(const sabun_attention &, const DecodeBuffers &, int h, int b);
  long long (*scratch_floats)(const attention_shape &);
};

extern const Kernels kernels_baseline;
#ifdef SABUN_X86
extern const Kernels kernels_avx2, kernels_avx512;
#endif

}  // namespace sabun
