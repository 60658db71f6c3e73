// Computes the attention of one node: sets the call up, has the team prepare what the variant adds, and runs it.
#pragma once

#include <vector>

#include "adapter.h"
#include "evaluation.h"
#include "graph_watch.h"
#include "kernel_run.h"
#include "node_reader.h"
#include "observation.h"
#include "second_branch.h"
#include "settings.h"
#include "sparse_reading.h"
#include "temperatures.h"

namespace sabun::llama {

class Attend {
 public:
  Attend(const GgmlApi &api, int n_layers, Step &step, Evaluation &evaluation, Observation &observation);
  Attend(const Attend &) = delete;
  Attend &operator=(const Attend &) = delete;

  // Forgets everything but the layers' weights.
  void configure(const Settings &settings);
  void set_layer(int index, Layer layer);

  const Settings &settings() const { return settings_; }
  KernelRun &kernels() { return kernels_; }
  SparseReading &reading() { return reading_; }
  const SparseReading &reading() const { return reading_; }
  const SecondBranch &second_branch() const { return second_; }

  // What the variant needs of a layer.
  Needs needs(int layer) const;

  // Whether only a stop of llama.cpp lets us compute, not an operation in its stride.
  bool needs_stop() const { return settings_.always_copy || kernels_.elsewhere(); }

  // Computes the node of a site: called by every thread of llama.cpp's graph, or by a team of our own at a stop.
  static void run_inline(ggml_tensor *t, int index, int n, void *site);
  void run_at_stop(Site &site);

  double seconds() const { return seconds_; }  // since configure

 private:
  void attend(Site &site, const Team &team);
  void set_up(Site &site);
  void prepare(const Team &team);
  void compute(const Team &team);
  void finish(Site &site);
  bool has_second(int layer) const;

  Settings settings_;
  std::vector<Layer> layers_;
  Evaluation &evaluation_;
  Observation &observation_;
  NodeReader reader_;
  KernelRun kernels_;
  SecondBranch second_;
  Temperatures temperatures_;
  SparseReading reading_;

  // The node in hand.
  Barrier barrier_;
  Stop stop_;
  double seconds_ = 0;
};

}  // namespace sabun::llama
