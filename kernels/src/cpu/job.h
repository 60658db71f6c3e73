// One attention call as work that any number of threads share: the caller's OpenMP team, or the threads that
// are already inside llama.cpp's graph.
//
//   prepare (one thread) | barrier | work (all) | barrier | values (all) | barrier | finish (all) | barrier
#pragma once

#include <atomic>
#include <memory>
#include <new>

#include "table.h"

namespace sabun {

struct FreeFloats {
  void operator()(float *p) const { ::operator delete[](p, std::align_val_t(64)); }
};
using Floats = std::unique_ptr<float[], FreeFloats>;

class Job {
 public:
  // SABUN_OK, SABUN_BAD_SHAPE or SABUN_NO_MEMORY; the other steps may run only after SABUN_OK.
  int prepare(const sabun_attention &a);

  // Threads that the call can keep busy for longer than it takes to wake them.
  int useful_threads() const;

  // Takes work items until none is left: all of a prefill, the scores of a decode.
  void work(int index, int n);

  // Multiplies the values of a decode with the weights that the scores became; nothing in a prefill.
  void values(int index, int n);

  // Adds up the splits of a decode, for the heads of thread `index` of `n`.
  void finish(int index, int n) const;

  int status() const { return failed_ ? SABUN_NO_MEMORY : SABUN_OK; }

 private:
  template <typename Work>
  void share(int pass, int index, int n, Work work);

  const Kernels *kernels_ = nullptr;
  sabun_attention a_{};
  bool decode_ = false;
  int n_items_ = 0;
  long long n_scratch_ = 0, size_ = 0;
  Floats results_;  // what the passes of a decode hand on; only ever grown
  float *scores_ = nullptr;   // [batch][groups][2][group][score_stride]
  float *ends_ = nullptr;     // [batch][groups][n_splits][2][group][2]: maximum and sum
  float *totals_ = nullptr;   // [batch][2][heads][2]: maximum and inverse sum
  float *partial_ = nullptr;  // [batch][groups][n_splits][group][dv]
  std::unique_ptr<std::atomic<bool>[]> taken_;  // [split][pass]: some thread works, or has worked, on it
  int n_claims_ = 0;
  std::atomic<int> next_{0}, n_scored_{0}, failed_{0};
};

}  // namespace sabun
