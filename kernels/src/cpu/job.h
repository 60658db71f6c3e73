// One attention call as work that any number of threads share: the caller's OpenMP team, or the threads that
// are already inside llama.cpp's graph.
//
//   prepare (one thread) | barrier | work (all) | barrier | finish (all) | barrier
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

  // Takes work items until none is left.
  void work();

  // Joins what the work items of a decode left, for the heads of thread `index` of `n`.
  void finish(int index, int n) const;

  int status() const { return failed_ ? SABUN_NO_MEMORY : SABUN_OK; }

 private:
  const Kernels *kernels_ = nullptr;
  sabun_attention a_{};
  bool decode_ = false;
  int n_items_ = 0;
  long long n_ends_ = 0, n_sums_ = 0, n_scratch_ = 0, size_ = 0;
  Floats results_;  // of the splits of a decode; only ever grown
  float *ends_ = nullptr, *sums_ = nullptr;
  std::atomic<int> next_{0}, failed_{0};
};

}  // namespace sabun
