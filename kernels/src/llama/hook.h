// Replaces attention inside llama.cpp, layer by layer, from its evaluation callback.
//
// ggml's scheduler announces every node of the graph before it computes it (ask = true) and, where told so, stops
// after it (ask = false). When a flash-attention node is announced the hook makes it another node: where its
// tensors lie in host memory a custom operation, which llama.cpp's own threads then run in their stride; elsewhere,
// or when another backend shall compute, a no-op with a stop after it. Either writes the whole result. Queries,
// keys, values, mask and the layer's input are all at hand there; keys and values stay llama.cpp's own cache.
//
// GraphWatch knows which node is what, Attend computes one, Observation measures where attention went.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "attend.h"
#include "graph_watch.h"
#include "observation.h"

namespace sabun::llama {

class Hook {
 public:
  Hook(const GgmlApi &api, int n_layers);
  Hook(const Hook &) = delete;
  Hook &operator=(const Hook &) = delete;

  // To be given to llama.cpp as cb_eval, with the hook as its user data.
  static bool callback(ggml_tensor *t, bool ask, void *hook);

  // Takes effect with the next evaluation. Keys of the second branch survive only if variant and layers stay.
  void configure(const Settings &settings);
  void set_layer(int index, Layer layer) { attend_.set_layer(index, std::move(layer)); }
  void set_runner(Runner runner, void *data) { attend_.kernels().set_runner(runner, data); }
  // Tokens of the prompt that is read next: its last rows stay dense. 0: nothing is sparse.
  void set_prompt(int n_tokens) { attend_.reading().expect(n_tokens); }

  // Measures how much attention the evaluated tokens pay to spans of keys, until end_observation.
  void observe(std::vector<std::pair<int, int>> spans) { observation_.begin(std::move(spans)); }
  // Mean over heads and tokens, [n_layers][n_spans].
  std::vector<double> end_observation() { return observation_.end(); }

  // Undoes what an interrupted evaluation left; to be called after every failed or aborted one.
  void restore() { watch_.restore(); }

  // What went wrong since the last call, or an empty text.
  std::string take_error() { return evaluation_.take_error(); }
  int n_layers_done() const { return evaluation_.n_done(); }  // layers replaced in the last evaluation
  double seconds() const { return attend_.seconds(); }        // spent in attention since configure
  bool was_sparse() const { return attend_.reading().was_sparse(); }
  std::size_t second_key_bytes() const { return attend_.second_branch().n_bytes(); }

 private:
  bool announced(ggml_tensor *t);

  Evaluation evaluation_;
  Observation observation_;
  GraphWatch watch_;
  Attend attend_;
};

}  // namespace sabun::llama
