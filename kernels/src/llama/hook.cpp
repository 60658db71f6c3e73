#include "hook.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstring>

#include "linear.h"
#include "stop.h"

namespace sabun::llama {
namespace {

constexpr float log2e = 1.4426950408889634f;

float op_float(const ggml_tensor *t, int i) {
  float f;
  std::memcpy(&f, t->op_params + i, sizeof f);
  return f;
}

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

// RMS norm with weight and maybe bias: what x is recomputed from.
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

Hook::Hook(const GgmlApi &api, int n_layers) : api_(api), layers_(n_layers), step_(api_), kept_(n_layers), means_(n_layers) {}
Hook::~Hook() = default;

bool Hook::callback(ggml_tensor *t, bool ask, void *hook) {
  Hook &self = *static_cast<Hook *>(hook);
  if (ask) return self.announced(t);
  if (t == self.pending_) self.replace(t);
  return true;
}

void Hook::configure(const Settings &settings) {
  restore();
  settings_ = settings;
  for (SecondKeys &keys : kept_) keys = {};
  for (auto &means : means_) means.reset();
  cell_angles_.clear();
  seconds_ = 0;
  was_sparse_ = false;
}

void Hook::set_layer(int index, Layer layer) {
  layers_.at(index) = std::move(layer);
  kept_.at(index) = {};
}

void Hook::restore() {
  if (pending_) pending_->op = GGML_OP_FLASH_ATTN_EXT;
  pending_ = nullptr;
  layer_ = -1;
}

void Hook::fail(const std::string &what) {
  if (error_.empty()) error_ = what;
  skip_ = true;
}

std::size_t Hook::second_key_bytes() const {
  std::size_t n = 0;
  for (const SecondKeys &keys : kept_) n += keys.n_bytes();
  for (const auto &angles : cell_angles_) n += angles->table.size() * sizeof(float);
  return n;
}

// Follows the graph as it is announced; true where the hook wants to stop.
bool Hook::announced(ggml_tensor *t) {
  if (settings_.variant == Variant::own) return false;
  const int layer = layer_of(t);
  if (layer >= 0) {
    if (layer == 0 || layer <= layer_) {
      restore();
      step_.begin();
      n_done_ = 0;
      skip_ = false;
    }
    layer_ = layer;
    norm_ = t;
    stores_.clear();
    return false;
  }
  if (layer_ < 0 || skip_) return false;
  switch (t->op) {
    case GGML_OP_ROPE:
      step_.read_positions(t->src[1]);
      return false;
    case GGML_OP_SET_ROWS:
      step_.read_cells(t->src[1]);
      stores_.push_back(t);
      return false;
    case GGML_OP_FLASH_ATTN_EXT:
      if (!supported(t)) return false;
      t->op = GGML_OP_NONE;  // nothing to compute here
      pending_ = t;
      return true;
    default:
      return false;
  }
}

bool Hook::supported(const ggml_tensor *t) {
  if (layer_ >= static_cast<int>(layers_.size())) fail("it has more layers than its file says");
  if (const char *why = unsupported_tensors(t)) fail(why);
  const Variant v = settings_.variant;
  const bool differential = v == Variant::paper || v == Variant::mirror || v == Variant::shared;
  if (differential && !is_rms_norm(norm_)) fail("its layers do not start with an RMS norm");
  if (differential || v == Variant::selective) {
    const ggml_tensor *rope = rope_node(t->src[0]);
    Rope read;
    if (!rope || !read_rope(api_, rope, read)) fail("its positions are encoded in an unknown way");
  }
  return !skip_;
}

void Hook::replace(ggml_tensor *t) {
  const auto started = std::chrono::steady_clock::now();
  t->op = GGML_OP_FLASH_ATTN_EXT;
  pending_ = nullptr;
  ggml_tensor *q = t->src[0], *k = t->src[1], *v = t->src[2];
  Stop s{};
  s.node = t;
  s.d = static_cast<int>(q->ne[0]);
  s.dv = static_cast<int>(v->ne[0]);
  s.tq = static_cast<int>(q->ne[1]);
  s.heads = static_cast<int>(q->ne[2]);
  s.n_streams = static_cast<int>(q->ne[3]);
  s.groups = static_cast<int>(k->ne[2]);
  s.n_tokens = s.tq * s.n_streams;
  s.scale = op_float(t, 0);
  s.q_gain = 1.0f / (std::sqrt(static_cast<float>(s.d)) * s.scale);
  const bool copy = settings_.always_copy;
  const HostBytes queries(api_, q, space_q_, copy), keys(api_, k, space_k_, copy), values(api_, v, space_v_, copy);
  const HostBytes out(api_, t, space_out_, copy, false);
  s.mask = &step_.mask(t->src[3], copy);
  s.q = reinterpret_cast<const float *>(queries.data());
  s.q_t = q->nb[1] / 4;
  s.q_h = q->nb[2] / 4;
  s.q_b = q->nb[3] / 4;
  s.k = keys.data();
  s.v = values.data();
  s.out = reinterpret_cast<float *>(out.data());
  const ggml_tensor *cache = root(k);
  s.first_cell = static_cast<long long>(k->view_offs / cache->nb[1]);
  s.stream_cells = static_cast<long long>(k->nb[3] / cache->nb[1]);
  for (const ggml_tensor *store : stores_)
    if (root(store) == cache) s.cells = step_.cells(store->src[1]);

  const Layer &layer = layers_[layer_];
  const Variant variant = settings_.variant;
  sabun_attention a{};
  attention_shape &shape = a.shape;
  a.batch = s.n_streams;
  a.kv_half = 1;
  a.q1 = s.q;
  a.k1 = s.k;
  a.v = s.v;
  a.out = s.out;
  shape.heads = s.heads;
  shape.groups = s.groups;
  shape.group = s.heads / s.groups;
  shape.d = s.d;
  shape.dv = s.dv;
  shape.tq = s.tq;
  shape.q_b = s.q_b, shape.q_h = s.q_h, shape.q_t = s.q_t;
  shape.k_b = k->nb[3] / 2, shape.k_g = k->nb[2] / 2, shape.k_t = k->nb[1] / 2;
  shape.v_b = v->nb[3] / 2, shape.v_g = v->nb[2] / 2, shape.v_t = v->nb[1] / 2;
  shape.out_h = s.dv, shape.out_t = 1LL * s.heads * s.dv, shape.out_b = shape.out_t * s.tq;
  shape.scale_log2 = s.scale * log2e;
  shape.pos_step = 1;
  shape.tk = s.mask->n_keys;
  if (s.mask->causal) {
    shape.causal = 1;
    shape.pos0 = s.mask->pos0;
  } else {
    const int columns = (s.mask->n_keys + TILE_KEYS - 1) / TILE_KEYS;
    a.mask = s.mask->data;
    a.map = s.mask->map.data();
    shape.has_mask = shape.mask_half = shape.has_map = 1;
    shape.mask_b = s.mask->stream, shape.mask_t = s.mask->row;
    shape.map_q = columns;
    shape.map_b = 1LL * columns * ((s.tq + TILE_KEYS - 1) / TILE_KEYS);
  }

  const bool second = variant == Variant::contrast ||
                      (layer.differential() && (variant == Variant::paper || variant == Variant::mirror ||
                                                variant == Variant::shared));
  if (variant == Variant::selective || (second && variant != Variant::contrast)) {
    Rope rope;
    read_rope(api_, rope_node(q), rope);
    s.angles = &step_.angles(rope);
  }
  if (variant == Variant::selective) {
    scale_queries(s, layer);
    scale_values(s, layer);
    values.write_back();
    a.q1 = q1_.data();
    shape.q_h = s.d, shape.q_t = 1LL * s.heads * s.d, shape.q_b = shape.q_t * s.tq;
  }
  if (second && !skip_) {
    if (variant != Variant::contrast) read_layer_input(s);
    second_queries(s, layer);
    lambda(s, layer);
    a.q2 = q2_.data();
    shape.q2_h = s.d, shape.q2_t = 1LL * s.heads * s.d, shape.q2_b = shape.q2_t * s.tq;
    a.lam = lam_.data();
    shape.lam_h = 1;
    if (!layer.lam_weight.empty() && variant == Variant::shared)
      shape.lam_t = s.heads, shape.lam_b = 1LL * s.heads * s.tq;
    shape.last = 1;
    shape.rescale = settings_.rescale || variant == Variant::contrast;
    shape.k2_kind = K2_SHARED;
    if (variant == Variant::paper || variant == Variant::mirror) {
      second_keys(s, layer);
      if (!skip_) {
        const SecondKeys &kept = kept_[layer_];
        a.k2 = kept.rows.data() + s.first_cell * kept.width;
        shape.k2_t = kept.width;
        shape.k2_b = s.stream_cells * kept.width;
        if (settings_.latent) {
          const CellAngles &angles = *cell_angles_.back();
          shape.k2_kind = variant == Variant::paper ? K2_PAPER : K2_MIRROR;
          shape.rank = kept.width;
          shape.n_rot = angles.rope.n_rot;
          shape.interleaved = angles.rope.interleaved;
          shape.rope_stride = angles.stride;
          a.basis = layer.basis.data();
          a.rope = angles.table.data() + s.first_cell;
        } else {
          shape.k2_kind = K2_FULL;
          shape.k2_g = s.d;
        }
      }
    }
  }
  if (!skip_) {
    if (!spans_.empty()) measure(s, a);
    attend(s, a);
    out.write_back();
    n_done_++;
  }
  seconds_ += std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
}

void Hook::run(const sabun_attention &a) {
  // Latent keys have one table of angles, so streams run one after the other.
  const bool latent = a.shape.k2_kind == K2_PAPER || a.shape.k2_kind == K2_MIRROR;
  if (latent && a.shape.last == 1 && a.batch > 1) {
    const attention_shape &s = a.shape;
    for (int b = 0; b < a.batch; b++) {
      sabun_attention one = a;
      one.batch = 1;
      one.q1 += b * s.q_b;
      one.q2 += b * s.q2_b;
      one.k1 = static_cast<const std::uint16_t *>(a.k1) + b * s.k_b;
      one.v = static_cast<const std::uint16_t *>(a.v) + b * s.v_b;
      one.k2 = static_cast<const std::uint16_t *>(a.k2) + b * s.k2_b;
      one.rope += b * (s.k2_b / s.k2_t);
      one.lam += b * s.lam_b;
      if (a.mask) one.mask = static_cast<const std::uint16_t *>(a.mask) + b * s.mask_b;
      if (a.map) one.map += b * s.map_b;
      one.out += b * s.out_b;
      run(one);
    }
    return;
  }
  const int status = runner_ ? runner_(&a, runner_data_) : sabun_attention_run(&a, settings_.n_threads);
  if (status == SABUN_NO_MEMORY) fail("there is not enough memory for attention");
  else if (status != SABUN_OK) fail("the attention kernel refused the call");
}

void Hook::attend(Stop &s, const sabun_attention &a) {
  if (settings_.prefill.sparse() && attend_sparse(s, a))
    was_sparse_ = true;
  else
    run(a);
}

void Hook::observe(std::vector<std::pair<int, int>> spans) {
  spans_ = std::move(spans);
  mass_.assign(layers_.size() * spans_.size(), 0.0);
  mass_rows_.assign(layers_.size(), 0);
}

std::vector<double> Hook::end_observation() {
  const std::size_t n = spans_.size();
  for (std::size_t layer = 0; layer < layers_.size(); layer++)
    for (std::size_t i = 0; i < n && mass_rows_[layer]; i++) mass_[layer * n + i] /= static_cast<double>(mass_rows_[layer]);
  spans_.clear();
  return std::move(mass_);
}

// The same attention over one indicator column per span: the result is the mass itself.
void Hook::measure(Stop &s, sabun_attention a) {
  constexpr std::uint16_t one = 0x3c00;
  const int n = static_cast<int>(spans_.size()), width = (n + 15) / 16 * 16, tk = a.shape.tk;
  indicator_.assign(static_cast<std::size_t>(tk) * width, 0);
  for (int i = 0; i < n; i++)
    for (int key = std::max(0, spans_[i].first); key < std::min(tk, spans_[i].second); key++)
      indicator_[static_cast<std::size_t>(key) * width + i] = one;
  observed_.resize(static_cast<std::size_t>(s.n_tokens) * s.heads * width);
  a.v = indicator_.data();
  a.out = observed_.data();
  attention_shape &shape = a.shape;
  shape.v_b = shape.v_g = 0, shape.v_t = width;
  shape.dv = width;
  shape.out_h = width, shape.out_t = 1LL * s.heads * width, shape.out_b = shape.out_t * s.tq;
  run(a);
  const std::size_t n_rows = static_cast<std::size_t>(s.n_tokens) * s.heads;
  for (std::size_t row = 0; row < n_rows; row++)
    for (int i = 0; i < n; i++) mass_[static_cast<std::size_t>(layer_) * n + i] += observed_[row * width + i];
  mass_rows_[layer_] += static_cast<long long>(n_rows);
}

}  // namespace sabun::llama
