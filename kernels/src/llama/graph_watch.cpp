#include "graph_watch.h"

#include <cstring>

#include "check_layout.h"

namespace sabun::llama {
namespace {

// The layer number of "attn_norm-<n>", or -1.
int layer_of(const ggml_tensor *t) {
  constexpr const char prefix[] = "attn_norm-";
  if (std::strncmp(t->name, prefix, sizeof prefix - 1) != 0) return -1;
  int n = 0;
  for (const char *c = t->name + sizeof prefix - 1; *c; c++) {
    if (*c < '0' || *c > '9') return -1;
    n = 10 * n + (*c - '0');
  }
  return n;
}

// RMS norm with weight and maybe bias: what the layer's input is recomputed from.
bool is_rms_norm(const ggml_tensor *norm) {
  const ggml_tensor *product = norm && norm->op == GGML_OP_ADD ? norm->src[0] : norm;
  return product && product->op == GGML_OP_MUL && product->src[0] && product->src[0]->op == GGML_OP_RMS_NORM &&
         product->src[0]->src[0]->type == GGML_TYPE_F32 && product->src[1]->type == GGML_TYPE_F32;
}

const char *unsupported_tensors(const ggml_tensor *t) {
  const ggml_tensor *q = t->src[0], *k = t->src[1], *v = t->src[2], *mask = t->src[3];
  if (k->type != GGML_TYPE_F16 || v->type != GGML_TYPE_F16) return "its key and value cache is not in half precision";
  if (q->type != GGML_TYPE_F32 || t->type != GGML_TYPE_F32) return "its queries are not in single precision";
  if (!mask || mask->type != GGML_TYPE_F16 || mask->ne[2] != 1) return "its attention mask has an unknown layout";
  if (t->src[4]) return "it uses attention sinks";
  if (op_float(t, 1) != 0.0f) return "it uses ALiBi position biases";
  if (op_float(t, 2) != 0.0f) return "it caps attention logits";
  if (q->nb[0] != 4 || k->nb[0] != 2 || v->nb[0] != 2 || mask->nb[0] != 2) return "its tensors are transposed";
  if (q->ne[0] % 16 || q->ne[0] > 256 || v->ne[0] % 16 || v->ne[0] > 256)
    return "its head dimension is not a multiple of 16 up to 256";
  if (q->ne[0] != v->ne[0]) return "its keys and values differ in size";
  if (k->ne[2] != v->ne[2] || q->ne[2] % k->ne[2]) return "its heads do not form groups";
  return nullptr;
}

}  // namespace

void Site::take_over(ggml_tensor *t, ggml_custom_op_t function) {
  node = t;
  std::memcpy(op_params, t->op_params, sizeof op_params);
  if (!function) {
    t->op = GGML_OP_NONE;
    return;
  }
  const CustomOperation operation = {function, GGML_N_TASKS_MAX, this};
  std::memcpy(t->op_params, &operation, sizeof operation);
  t->op = GGML_OP_CUSTOM;
}

void Site::put_back() {
  node->op = GGML_OP_FLASH_ATTN_EXT;
  std::memcpy(node->op_params, op_params, sizeof op_params);
  node = nullptr;
}

GraphWatch::GraphWatch(const GgmlApi &api, int n_layers, void *owner, Evaluation &evaluation)
    : api_(api), evaluation_(evaluation), step_(api_), sites_(n_layers) {
  for (int i = 0; i < n_layers; i++) {
    sites_[i].owner = owner;
    sites_[i].layer = i;
  }
}

Site *GraphWatch::follow(ggml_tensor *t) {
  const int layer = layer_of(t);
  if (layer >= 0) {
    enter(layer, t);
    return nullptr;
  }
  if (layer_ < 0 || evaluation_.skipped()) return nullptr;
  switch (t->op) {
    case GGML_OP_ROPE:
      step_.read_positions(t->src[1]);
      return nullptr;
    case GGML_OP_SET_ROWS:
      step_.read_cells(t->src[1]);
      sites_[layer_].stores.push_back(t);
      return nullptr;
    case GGML_OP_FLASH_ATTN_EXT:
      return &sites_[layer_];
    default:
      return nullptr;
  }
}

void GraphWatch::enter(int layer, ggml_tensor *norm) {
  if (layer <= layer_ || layer_ < 0) {
    restore();
    step_.begin();
    evaluation_.begin(layer == 0);
  }
  layer_ = layer;
  if (layer >= static_cast<int>(sites_.size())) return evaluation_.fail("it has more layers than its file says");
  sites_[layer].norm = norm;
  sites_[layer].stores.clear();
}

bool GraphWatch::supports(const Site &site, const ggml_tensor *t, const Needs &needs) {
  if (const char *why = unsupported_tensors(t)) evaluation_.fail(why);
  if (needs.input && !is_rms_norm(site.norm)) evaluation_.fail("its layers do not start with an RMS norm");
  if (needs.positions) {
    const ggml_tensor *rope = rope_node(t->src[0]);
    Rope read;
    if (!rope || !read_rope(api_, rope, read)) evaluation_.fail("its positions are encoded in an unknown way");
  }
  return !evaluation_.skipped();
}

bool GraphWatch::in_host_memory(const ggml_tensor *t) const {
  const ggml_tensor *all[] = {t->src[0], t->src[1], t->src[2], t->src[3], t};
  for (const ggml_tensor *x : all) {
    const ggml_backend_buffer_t buffer = root(x)->buffer ? root(x)->buffer : x->buffer;
    if (buffer && !api_.buffer_is_host(buffer)) return false;
  }
  return true;
}

Site *GraphWatch::taken_over(const ggml_tensor *t) {
  for (Site &site : sites_)
    if (site.node == t) return &site;
  return nullptr;
}

void GraphWatch::restore() {
  for (Site &site : sites_)
    if (site.node) site.put_back();
  layer_ = -1;
}

}  // namespace sabun::llama
