// Fetches the tensors of a flash-attention node, in place where their memory can be reached, and takes results back.
#pragma once

#include <vector>

#include "graph_watch.h"
#include "settings.h"
#include "stop.h"

namespace sabun::llama {

class NodeReader {
 public:
  NodeReader(const GgmlApi &api, Step &step, const Settings &settings) : api_(api), step_(step), settings_(settings) {}

  // Queries, keys, values, mask, and the call of ordinary attention over them.
  void read(Stop &s, const Site &site);

  // How the tokens' positions are encoded.
  void read_positions(Stop &s, const Site &site);

  // The residual stream and the norm that make the layer's input.
  void read_input(Stop &s, const Site &site);

  void write_result(const Site &site);
  void write_values(const Site &site);

 private:
  char *bytes(ggml_tensor *t, std::vector<char> &space, bool read = true);

  GgmlApi api_;
  Step &step_;
  const Settings &settings_;

  // Copies, where there must be some; only ever grown.
  std::vector<char> q_, k_, v_, out_, residual_, weight_, bias_;
};

}  // namespace sabun::llama
