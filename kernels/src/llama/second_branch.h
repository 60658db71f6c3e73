// The second branch of differential attention: its queries, its keys and lambda.
//
// It starts from the layer's input, recomputed from the residual stream, which is still alive, and the norm's weight.
#pragma once

#include <memory>
#include <vector>

#include "adapter.h"
#include "evaluation.h"
#include "settings.h"
#include "stop.h"
#include "team.h"

namespace sabun::llama {

class SecondBranch {
 public:
  SecondBranch(int n_layers, const Settings &settings, Evaluation &evaluation)
      : settings_(settings), evaluation_(evaluation), kept_(n_layers) {}

  // Forgets second keys: of all layers, or of one.
  void reset();
  void reset(int layer) { kept_.at(layer) = {}; }

  // One thread: room for everything that the team writes, and how the call reads it.
  void set_up(Stop &s, Layer &layer);

  // All threads: what must be there before attention, each for its part of the tokens.
  void prepare(const Stop &s, const Layer &layer, const Team &team);

  std::size_t n_bytes() const;

 private:
  void set_up_lambda(Stop &s, const Layer &layer);
  void set_up_keys(Stop &s, Layer &layer);
  void set_up_latent(Stop &s, Layer &layer, int n_cells);
  CellAngles &cell_angles(const Rope &rope);

  // Of tokens begin .. end, whose input is x.
  void input(const Stop &s, int begin, int end, float *x) const;
  void queries(const Stop &s, const Layer &layer, int begin, int end, const float *x);
  void keys(const Stop &s, const Layer &layer, int begin, int end, const float *x);
  void keep_latent(const Stop &s, int begin, int end, const float *low);
  void keep_whole(const Stop &s, int begin, int end, float *added);
  void lambda(const Stop &s, const Layer &layer, int begin, int end, const float *x);

  const Settings &settings_;
  Evaluation &evaluation_;

  // Kept between evaluations.
  std::vector<SecondKeys> kept_;
  std::vector<std::unique_ptr<CellAngles>> cell_angles_;

  // Scratch, only ever grown.
  std::vector<float> x_, low_q_, low_k_, q2_, k2_, lam_;
};

}  // namespace sabun::llama
