// Replaces attention inside llama.cpp, layer by layer, from its evaluation callback.
//
// ggml's scheduler announces every node of the graph before it computes it (ask = true) and, where told so, stops
// after it (ask = false). When a flash-attention node is announced the hook makes it another node: where its
// tensors lie in host memory a custom operation, which llama.cpp's own threads then run in their stride; elsewhere,
// or when another backend shall compute, a no-op with a stop after it. Either writes the whole result. Queries,
// keys, values, mask and the layer's input are all at hand there; keys and values stay llama.cpp's own cache.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "../attention.h"
#include "../cpu/job.h"
#include "adapter.h"
#include "second_keys.h"
#include "step.h"
#include "team.h"

namespace sabun::llama {

// Runs a call on another backend than the CPU kernel; returns SABUN_OK, or a code of attention.h.
using Runner = int (*)(const sabun_attention *, void *);

struct Settings {
  Variant variant = Variant::own;
  bool rescale = false;      // divide by 1 - lambda
  float temperature = 2.0f;  // contrast: tau
  bool latent = false;       // keep second keys as latent
  int n_threads = 1;
  bool always_copy = false;  // as if no tensor lived in host memory (tests)
  Prefill prefill;
};

class Hook {
 public:
  Hook(const GgmlApi &api, int n_layers);

  // To be given to llama.cpp as cb_eval, with the hook as its user data.
  static bool callback(ggml_tensor *t, bool ask, void *hook);

  // Takes effect with the next evaluation. Keys of the second branch survive only if variant and layers stay.
  void configure(const Settings &settings);
  void set_layer(int index, Layer layer);
  void set_runner(Runner runner, void *data) { runner_ = runner, runner_data_ = data; }
  // Tokens of the prompt that is read next: its last rows stay dense. 0: nothing is sparse.
  void set_prompt(int n_tokens) {
    n_prompt_ = n_tokens;
    if (n_tokens > 0) was_sparse_ = false;
  }

  // Measures how much attention the evaluated tokens pay to spans of keys, until end_observation.
  void observe(std::vector<std::pair<int, int>> spans);
  // Mean over heads and tokens, [n_layers][n_spans].
  std::vector<double> end_observation();

  // Undoes what an interrupted evaluation left; to be called after every failed or aborted one.
  void restore();

  // What went wrong since the last call, or an empty text.
  std::string take_error() { return std::exchange(error_, {}); }
  int n_layers_done() const { return n_done_; }  // layers replaced in the last evaluation
  double seconds() const { return seconds_; }    // spent in attention since configure
  bool was_sparse() const { return was_sparse_; }  // some layer read the last prompt sparsely
  std::size_t second_key_bytes() const;

 private:
  struct Stop;  // views of one node's tensors
  struct Means;

  // One attention node of the evaluation in progress, and what belongs to it.
  struct Site {
    Hook *hook = nullptr;
    int layer = 0;
    ggml_tensor *norm = nullptr, *node = nullptr;  // node: while it is not what llama.cpp made it
    std::vector<ggml_tensor *> stores;             // SET_ROWS nodes of the layer: keys, then values
    int32_t op_params[GGML_MAX_OP_PARAMS / sizeof(int32_t)];
  };

  // Of one layer: what dense rows of a prompt differed from their sparse ones, on average.
  struct Correction {
    std::vector<float> mean;  // [heads x Dv]
    int next = -1;            // position that goes on where this stands
  };

  bool announced(ggml_tensor *t);
  bool supported(const Site &site, const ggml_tensor *t);
  bool can_run_inline(const ggml_tensor *t) const;
  bool take_over(Site &site, ggml_tensor *t);
  static void run_inline(ggml_tensor *t, int index, int n, void *site);
  void run_at_stop(Site &site);
  static void put_back(Site &site);

  // What follows runs on every thread of the team.
  void attend(Site &site, const Team &team);
  void set_up(Site &site);
  void prepare(Stop &s, const Layer &layer, const Team &team);
  void share(const Team &team);  // the job in hand, by all threads of the team
  void layer_input(Stop &s, int begin, int end, float *x);
  void second_queries(Stop &s, const Layer &layer, int begin, int end, const float *x);
  void second_keys(Stop &s, const Layer &layer, int begin, int end, const float *x);
  void lambda(Stop &s, const Layer &layer, int begin, int end, const float *x);
  void scale_queries(Stop &s, const Layer &layer, int begin, int end);
  void scale_values(Stop &s, const Layer &layer, int begin, int end);
  bool reads_sparsely(const Stop &s) const;
  void attend_sparsely(Stop &s, const Team &team);
  void correct(Stop &s, int head, const Team &team);
  void select_blocks(Stop &s, sabun_attention &a, const Team &team);
  void block_means(Stop &s, sabun_attention &a, const Team &team);
  void run(const sabun_attention &a, const Team &team);
  void measure(Stop &s, const Team &team);

  // Part of set_up, on one thread.
  bool is_differential(const Layer &layer) const;
  void describe_call(Stop &s);
  void set_up_second_branch(Stop &s, Layer &layer);
  void set_up_second_keys(Stop &s, Layer &layer);
  void fail(const std::string &what);

  GgmlApi api_;
  Settings settings_;
  std::vector<Layer> layers_;
  Step step_;
  Runner runner_ = nullptr;
  void *runner_data_ = nullptr;

  // The evaluation in progress.
  std::vector<Site> sites_;
  int layer_ = -1, n_done_ = 0;
  std::atomic<bool> skip_{false};  // an error was met: the result of this evaluation is not used
  Barrier barrier_;
  Job job_;
  std::unique_ptr<Stop> stop_;

  // Per layer, kept between evaluations.
  std::vector<SecondKeys> kept_;
  std::vector<std::unique_ptr<CellAngles>> cell_angles_;
  std::vector<std::unique_ptr<Means>> means_;
  std::vector<Correction> corrections_;

  std::vector<std::pair<int, int>> spans_;
  std::vector<double> mass_;
  std::vector<long long> mass_rows_;
  int n_prompt_ = 0;
  bool was_sparse_ = false;
  double seconds_ = 0;
  std::string error_;

  // Scratch, only ever grown.
  std::vector<char> space_q_, space_k_, space_v_, space_out_, space_h_, space_w_, space_b_;
  std::vector<float> x_, low_q_, low_k_, q1_, q2_, k2_, lam_, dense_, observed_;
  std::vector<std::uint16_t> indicator_;
  std::vector<unsigned char> map_;

 public:
  ~Hook();
  Hook(const Hook &) = delete;
  Hook &operator=(const Hook &) = delete;
};

}  // namespace sabun::llama
