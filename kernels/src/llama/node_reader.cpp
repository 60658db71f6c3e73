#include "node_reader.h"

#include <cmath>
#include <cstring>

namespace sabun::llama {
namespace {

constexpr float log2e = 1.4426950408889634f;

// Ordinary attention over llama.cpp's tensors.
void describe_call(Stop &s) {
  const ggml_tensor *k = s.node->src[1], *v = s.node->src[2];
  sabun_attention &a = s.call;
  attention_shape &shape = a.shape;
  a.batch = s.n_tokens / s.tq;
  a.kv_half = 1;
  a.q1 = s.q;
  a.k1 = s.k;
  a.v = s.v;
  a.out = reinterpret_cast<float *>(s.out);
  shape.heads = s.heads;
  shape.groups = s.groups;
  shape.group = s.heads / s.groups;
  shape.d = s.d;
  shape.dv = s.dv;
  shape.tq = s.tq;
  shape.tk = s.mask->n_keys;
  shape.q_b = s.q_b, shape.q_h = s.q_h, shape.q_t = s.q_t;
  shape.k_b = k->nb[3] / 2, shape.k_g = k->nb[2] / 2, shape.k_t = k->nb[1] / 2;
  shape.v_b = v->nb[3] / 2, shape.v_g = v->nb[2] / 2, shape.v_t = v->nb[1] / 2;
  shape.out_h = s.dv, shape.out_t = 1LL * s.heads * s.dv, shape.out_b = shape.out_t * s.tq;
  shape.scale_log2 = s.scale * log2e;
  shape.pos_step = 1;
}

void describe_mask(Stop &s) {
  sabun_attention &a = s.call;
  attention_shape &shape = a.shape;
  if (s.mask->causal) {
    shape.causal = 1;
    shape.pos0 = s.mask->pos0;
    return;
  }
  const int columns = (s.mask->n_keys + TILE_KEYS - 1) / TILE_KEYS;
  a.mask = s.mask->data;
  a.map = s.mask->map.data();
  shape.has_mask = shape.mask_half = shape.has_map = 1;
  shape.mask_b = s.mask->stream, shape.mask_t = s.mask->row;
  shape.map_q = columns;
  shape.map_b = 1LL * columns * ((s.tq + TILE_KEYS - 1) / TILE_KEYS);
}

}  // namespace

char *NodeReader::bytes(ggml_tensor *t, std::vector<char> &space, bool read) {
  return HostBytes(api_, t, space, settings_.always_copy, read).data();
}

void NodeReader::read(Stop &s, const Site &site) {
  ggml_tensor *t = site.node, *q = t->src[0], *k = t->src[1], *v = t->src[2];
  s.node = t;
  s.layer = site.layer;
  s.inlined = t->op == GGML_OP_CUSTOM;
  s.d = static_cast<int>(q->ne[0]);
  s.dv = static_cast<int>(v->ne[0]);
  s.tq = static_cast<int>(q->ne[1]);
  s.heads = static_cast<int>(q->ne[2]);
  s.groups = static_cast<int>(k->ne[2]);
  s.n_tokens = s.tq * static_cast<int>(q->ne[3]);
  std::memcpy(&s.scale, site.op_params, sizeof s.scale);
  s.q_gain = 1.0f / (std::sqrt(static_cast<float>(s.d)) * s.scale);
  s.mask = &step_.mask(t->src[3], settings_.always_copy);
  s.q = reinterpret_cast<const float *>(bytes(q, q_));
  s.q_t = q->nb[1] / 4, s.q_h = q->nb[2] / 4, s.q_b = q->nb[3] / 4;
  s.k = bytes(k, k_);
  s.v = bytes(v, v_);
  s.out = bytes(t, out_, false);
  const ggml_tensor *cache = root(k);
  s.first_cell = static_cast<long long>(k->view_offs / cache->nb[1]);
  s.stream_cells = static_cast<long long>(k->nb[3] / cache->nb[1]);
  s.positions = &step_.positions();
  for (const ggml_tensor *store : site.stores)
    if (root(store) == cache) s.cells = step_.cells(store->src[1]);
  if (s.cells && static_cast<int>(s.cells->size()) != s.n_tokens) s.cells = nullptr;
  describe_call(s);
  describe_mask(s);
}

void NodeReader::read_positions(Stop &s, const Site &site) {
  Rope rope;
  read_rope(api_, rope_node(site.node->src[0]), rope);
  s.angles = &step_.angles(rope);
}

void NodeReader::read_input(Stop &s, const Site &site) {
  const bool biased = site.norm->op == GGML_OP_ADD;
  const ggml_tensor *product = biased ? site.norm->src[0] : site.norm, *norm = product->src[0];
  ggml_tensor *residual = norm->src[0];
  s.eps = op_float(norm, 0);
  s.n_embd = static_cast<int>(residual->ne[0]);
  s.residual_row = static_cast<long long>(residual->nb[1]);
  s.residual = bytes(residual, residual_);
  s.weight = reinterpret_cast<const float *>(bytes(product->src[1], weight_));
  if (biased) s.bias = reinterpret_cast<const float *>(bytes(site.norm->src[1], bias_));
}

void NodeReader::write_result(const Site &site) {
  HostBytes(api_, site.node, out_, settings_.always_copy, false).write_back();
}

void NodeReader::write_values(const Site &site) {
  HostBytes(api_, site.node->src[2], v_, settings_.always_copy, false).write_back();
}

}  // namespace sabun::llama
