// How the evaluation in progress goes: layers replaced, and what was met that its result cannot be used for.
#pragma once

#include <atomic>
#include <string>
#include <utility>

namespace sabun::llama {

class Evaluation {
 public:
  // A new one starts. One that does not start at the first layer is left to llama.cpp.
  void begin(bool at_first_layer) {
    n_done_ = 0;
    skip_ = !at_first_layer;
  }

  // The first error is kept until it is taken; the rest of this evaluation is skipped.
  void fail(const std::string &what) {
    if (error_.empty()) error_ = what;
    skip_ = true;
  }

  bool skipped() const { return skip_; }
  void layer_done() { n_done_++; }
  int n_done() const { return n_done_; }

  // What went wrong since the last call, or an empty text.
  std::string take_error() { return std::exchange(error_, {}); }

 private:
  std::atomic<bool> skip_{false};
  int n_done_ = 0;
  std::string error_;
};

}  // namespace sabun::llama
