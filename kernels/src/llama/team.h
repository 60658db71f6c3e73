// The threads that work on one layer together: those of llama.cpp's graph, or an OpenMP team of our own.
#pragma once

#include <atomic>
#include <utility>

#if defined(__x86_64__) || defined(_M_X64)
#include <immintrin.h>
#endif

namespace sabun::llama {

class Barrier {
 public:
  void wait(int n) {
    const int phase = phase_.load(std::memory_order_acquire);
    if (arrived_.fetch_add(1, std::memory_order_acq_rel) + 1 == n) {
      arrived_.store(0, std::memory_order_relaxed);
      phase_.store(phase + 1, std::memory_order_release);
      phase_.notify_all();
      return;
    }
    // The others are at work on the same layer: a short wait, unless another program took a core from them.
    for (int spins = 0; spins < 1000; spins++) {
      if (phase_.load(std::memory_order_acquire) != phase) return;
      relax();
    }
    phase_.wait(phase, std::memory_order_acquire);
  }

 private:
  static void relax() {
#if defined(__x86_64__) || defined(_M_X64)
    _mm_pause();
#endif
  }
  std::atomic<int> arrived_{0}, phase_{0};
};

struct Team {
  int index = 0, size = 1;
  Barrier *barrier = nullptr;

  bool first() const { return index == 0; }
  bool last() const { return index == size - 1; }
  void sync() const {
    if (size > 1) barrier->wait(size);
  }
  // This thread's part of 0 .. n, in whole multiples of 4 but for the end.
  std::pair<int, int> part(int n) const {
    const int each = ((n + size - 1) / size + 3) / 4 * 4, begin = index * each;
    return {begin < n ? begin : n, begin + each < n ? begin + each : n};
  }
};

}  // namespace sabun::llama
