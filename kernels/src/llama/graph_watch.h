// Follows llama.cpp's graph as it is announced: which node is what in which layer, and which one we compute.
#pragma once

#include <cstdint>
#include <vector>

#include "evaluation.h"
#include "ggml_api.h"
#include "step.h"

namespace sabun::llama {

// One attention node of the evaluation in progress, and what belongs to it.
struct Site {
  void *owner = nullptr;                         // whoever computes it
  int layer = 0;
  ggml_tensor *norm = nullptr, *node = nullptr;  // node: while it is not what llama.cpp made it
  std::vector<ggml_tensor *> stores;             // SET_ROWS nodes of the layer: keys, then values
  std::int32_t op_params[GGML_MAX_OP_PARAMS / sizeof(std::int32_t)];

  // Makes the node another one until it was computed: a custom operation that is given this site, or without a
  // function one that does nothing.
  void take_over(ggml_tensor *t, ggml_custom_op_t function);
  void put_back();
};

// What the layer of a site must offer.
struct Needs {
  bool input = false, positions = false;
};

class GraphWatch {
 public:
  GraphWatch(const GgmlApi &api, int n_layers, void *owner, Evaluation &evaluation);

  // To be called for every node, in order. The site of an attention node that may be taken over, else null.
  Site *follow(ggml_tensor *t);

  // False, and the evaluation failed, where the node or its layer is not as it must be.
  bool supports(const Site &site, const ggml_tensor *t, const Needs &needs);

  // Whether all tensors of the node can be read and written where they are.
  bool in_host_memory(const ggml_tensor *t) const;

  // The site that was taken over at this node, or null.
  Site *taken_over(const ggml_tensor *t);

  // Puts every node back that is not what llama.cpp made it.
  void restore();

  Step &step() { return step_; }

 private:
  void enter(int layer, ggml_tensor *norm);

  GgmlApi api_;
  Evaluation &evaluation_;
  Step step_;
  std::vector<Site> sites_;
  int layer_ = -1;
};

}  // namespace sabun::llama
