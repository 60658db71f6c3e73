#include "hook.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstring>

#include "check_layout.h"
#include "stop.h"

#ifdef _OPENMP
#include <omp.h>
#endif

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

Hook::Hook(const GgmlApi &api, int n_layers)
    : api_(api), layers_(n_layers), step_(api_), sites_(n_layers), kept_(n_layers), means_(n_layers), corrections_(n_layers) {
  for (int i = 0; i < n_layers; i++) {
    sites_[i].hook = this;
    sites_[i].layer = i;
  }
}
Hook::~Hook() = default;

bool Hook::callback(ggml_tensor *t, bool ask, void *hook) {
  Hook &self = *static_cast<Hook *>(hook);
  if (ask) return self.announced(t);
  for (Site &site : self.sites_)
    if (site.node == t) self.run_at_stop(site);
  return true;
}

void Hook::configure(const Settings &settings) {
  restore();
  settings_ = settings;
  for (SecondKeys &keys : kept_) keys = {};
  for (auto &means : means_) means.reset();
  for (Correction &correction : corrections_) correction = {};
  cell_angles_.clear();
  seconds_ = 0;
  was_sparse_ = false;
}

void Hook::set_layer(int index, Layer layer) {
  layers_.at(index) = std::move(layer);
  kept_.at(index) = {};
}

void Hook::restore() {
  for (Site &site : sites_)
    if (site.node) put_back(site);
  layer_ = -1;
}

void Hook::put_back(Site &site) {
  site.node->op = GGML_OP_FLASH_ATTN_EXT;
  std::memcpy(site.node->op_params, site.op_params, sizeof site.op_params);
  site.node = nullptr;
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
    if (layer <= layer_ || layer_ < 0) {
      restore();
      step_.begin();
      n_done_ = 0;
      skip_ = layer != 0;
    }
    layer_ = layer;
    if (layer >= static_cast<int>(sites_.size())) {
      fail("it has more layers than its file says");
      return false;
    }
    sites_[layer].norm = t;
    sites_[layer].stores.clear();
    return false;
  }
  if (layer_ < 0 || skip_) return false;
  switch (t->op) {
    case GGML_OP_ROPE:
      step_.read_positions(t->src[1]);
      return false;
    case GGML_OP_SET_ROWS:
      step_.read_cells(t->src[1]);
      sites_[layer_].stores.push_back(t);
      return false;
    case GGML_OP_FLASH_ATTN_EXT:
      return supported(sites_[layer_], t) && take_over(sites_[layer_], t);
    default:
      return false;
  }
}

bool Hook::is_differential(const Layer &layer) const {
  const Variant v = settings_.variant;
  return layer.differential() && (v == Variant::paper || v == Variant::mirror || v == Variant::shared);
}

bool Hook::supported(const Site &site, const ggml_tensor *t) {
  if (const char *why = unsupported_tensors(t)) fail(why);
  const bool differential = is_differential(layers_[site.layer]);
  if (differential && !is_rms_norm(site.norm)) fail("its layers do not start with an RMS norm");
  if (differential || settings_.variant == Variant::selective) {
    const ggml_tensor *rope = rope_node(t->src[0]);
    Rope read;
    if (!rope || !read_rope(api_, rope, read)) fail("its positions are encoded in an unknown way");
  }
  return !skip_;
}

bool Hook::can_run_inline(const ggml_tensor *t) const {
  if (settings_.always_copy || runner_) return false;
  const ggml_tensor *all[] = {t->src[0], t->src[1], t->src[2], t->src[3], t};
  for (const ggml_tensor *x : all) {
    const ggml_backend_buffer_t buffer = root(x)->buffer ? root(x)->buffer : x->buffer;
    if (buffer && !api_.buffer_is_host(buffer)) return false;
  }
  return true;
}

// Makes the node another one until it was computed; true if llama.cpp must stop after it.
bool Hook::take_over(Site &site, ggml_tensor *t) {
  site.node = t;
  std::memcpy(site.op_params, t->op_params, sizeof site.op_params);
  if (!can_run_inline(t)) {
    t->op = GGML_OP_NONE;
    return true;
  }
  const CustomOperation operation = {&Hook::run_inline, GGML_N_TASKS_MAX, &site};
  std::memcpy(t->op_params, &operation, sizeof operation);
  t->op = GGML_OP_CUSTOM;
  return false;
}

void Hook::run_inline(ggml_tensor *, int index, int n, void *site) {
  Site &own = *static_cast<Site *>(site);
  own.hook->attend(own, Team{index, n, &own.hook->barrier_});
}

void Hook::run_at_stop(Site &site) {
  const int wanted = runner_ ? 1 : settings_.n_threads;
#ifdef _OPENMP
#pragma omp parallel num_threads(wanted)
  attend(site, Team{omp_get_thread_num(), omp_get_num_threads(), &barrier_});
#else
  (void)wanted;
  attend(site, Team{0, 1, &barrier_});
#endif
}

void Hook::share(const Team &team) {
  job_.work(team.index, team.size);
  team.sync();
  job_.values(team.index, team.size);
  team.sync();
  job_.finish(team.index, team.size);
}

void Hook::attend(Site &site, const Team &team) {
  const auto started = std::chrono::steady_clock::now();
  if (team.first() && !skip_) set_up(site);
  team.sync();  // from here on every thread has read what the node pretends to be
  if (skip_) {
    if (team.first()) put_back(site);
    return;
  }
  Stop &s = *stop_;
  if (s.second || settings_.variant == Variant::selective) {
    prepare(s, layers_[site.layer], team);
    team.sync();
  }
  if (s.job_ready) {
    share(team);
  } else {
    if (!spans_.empty()) measure(s, team);
    if (s.sparse)
      attend_sparsely(s, team);
    else
      run(s.call, team);
  }
  if (!s.inlined) team.sync();  // what the other threads wrote is copied back; inlined, llama.cpp waits itself
  if (!team.first()) return;
  if (s.job_ready && job_.status() != SABUN_OK) fail("there is not enough memory for attention");
  const bool copy = settings_.always_copy;
  if (settings_.variant == Variant::selective)
    HostBytes(api_, site.node->src[2], space_v_, copy, false).write_back();
  HostBytes(api_, site.node, space_out_, copy, false).write_back();
  put_back(site);
  was_sparse_ = was_sparse_ || s.sparse;
  n_done_++;
  seconds_ += std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
}

void Hook::set_up(Site &site) {
  ggml_tensor *t = site.node, *q = t->src[0], *k = t->src[1], *v = t->src[2];
  layer_ = site.layer;
  stop_ = std::make_unique<Stop>();
  Stop &s = *stop_;
  s.node = t;
  s.inlined = t->op == GGML_OP_CUSTOM;
  s.d = static_cast<int>(q->ne[0]);
  s.dv = static_cast<int>(v->ne[0]);
  s.tq = static_cast<int>(q->ne[1]);
  s.heads = static_cast<int>(q->ne[2]);
  s.groups = static_cast<int>(k->ne[2]);
  s.n_tokens = s.tq * static_cast<int>(q->ne[3]);
  std::memcpy(&s.scale, site.op_params, sizeof s.scale);
  s.q_gain = 1.0f / (std::sqrt(static_cast<float>(s.d)) * s.scale);
  const bool copy = settings_.always_copy;
  s.mask = &step_.mask(t->src[3], copy);
  s.q = reinterpret_cast<const float *>(HostBytes(api_, q, space_q_, copy).data());
  s.q_t = q->nb[1] / 4, s.q_h = q->nb[2] / 4, s.q_b = q->nb[3] / 4;
  s.k = HostBytes(api_, k, space_k_, copy).data();
  s.v = HostBytes(api_, v, space_v_, copy).data();
  s.out = HostBytes(api_, t, space_out_, copy, false).data();
  const ggml_tensor *cache = root(k);
  s.first_cell = static_cast<long long>(k->view_offs / cache->nb[1]);
  s.stream_cells = static_cast<long long>(k->nb[3] / cache->nb[1]);
  for (const ggml_tensor *store : site.stores)
    if (root(store) == cache) s.cells = step_.cells(store->src[1]);
  if (s.cells && static_cast<int>(s.cells->size()) != s.n_tokens) s.cells = nullptr;
  describe_call(s);

  const Variant variant = settings_.variant;
  Layer &layer = layers_[site.layer];
  const bool differential = is_differential(layer);
  s.second = differential || variant == Variant::contrast;
  if (differential || variant == Variant::selective) {
    Rope rope;
    read_rope(api_, rope_node(q), rope);
    s.angles = &step_.angles(rope);
  }
  if (differential) {
    const bool biased = site.norm->op == GGML_OP_ADD;
    const ggml_tensor *product = biased ? site.norm->src[0] : site.norm, *norm = product->src[0];
    ggml_tensor *residual = norm->src[0];
    s.eps = op_float(norm, 0);
    s.n_embd = static_cast<int>(residual->ne[0]);
    s.residual_row = static_cast<long long>(residual->nb[1]);
    s.residual = HostBytes(api_, residual, space_h_, copy).data();
    s.weight = reinterpret_cast<const float *>(HostBytes(api_, product->src[1], space_w_, copy).data());
    if (biased) s.bias = reinterpret_cast<const float *>(HostBytes(api_, site.norm->src[1], space_b_, copy).data());
  }
  if (s.second) set_up_second_branch(s, layer);
  if (variant == Variant::selective) {
    if (!s.cells) return fail("it writes its value cache in an unknown way");
    q1_.resize(static_cast<std::size_t>(s.n_tokens) * s.heads * s.d);
    attention_shape &shape = s.call.shape;
    s.call.q1 = q1_.data();
    shape.q_h = s.d, shape.q_t = 1LL * s.heads * s.d, shape.q_b = shape.q_t * s.tq;
  }
  s.sparse = reads_sparsely(s);
  // The common case needs no more than this one call; it reads what the threads prepare only when it runs.
  const bool latent = s.call.shape.k2_kind == K2_PAPER || s.call.shape.k2_kind == K2_MIRROR;
  s.job_ready = !s.sparse && spans_.empty() && !runner_ && !(latent && s.call.batch > 1) && !skip_;
  if (s.job_ready && job_.prepare(s.call) != SABUN_OK) fail("the attention kernel refused the call");
}

// Ordinary attention over llama.cpp's tensors.
void Hook::describe_call(Stop &s) {
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

void Hook::run(const sabun_attention &a, const Team &team) {
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
      run(one, team);
    }
    return;
  }
  if (team.first()) {
    const int status = runner_ ? runner_(&a, runner_data_) : job_.prepare(a);
    if (status == SABUN_NO_MEMORY) fail("there is not enough memory for attention");
    else if (status != SABUN_OK) fail("the attention kernel refused the call");
  }
  team.sync();
  if (!runner_ && !skip_) {
    share(team);
  }
  team.sync();
  if (team.first() && !runner_ && job_.status() != SABUN_OK) fail("there is not enough memory for attention");
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
void Hook::measure(Stop &s, const Team &team) {
  constexpr std::uint16_t one = 0x3c00;
  sabun_attention a = s.call;
  const int n = static_cast<int>(spans_.size()), width = (n + 15) / 16 * 16, tk = a.shape.tk;
  if (team.first()) {
    indicator_.assign(static_cast<std::size_t>(tk) * width, 0);
    for (int i = 0; i < n; i++)
      for (int key = std::max(0, spans_[i].first); key < std::min(tk, spans_[i].second); key++)
        indicator_[static_cast<std::size_t>(key) * width + i] = one;
    observed_.resize(static_cast<std::size_t>(s.n_tokens) * s.heads * width);
  }
  team.sync();
  a.v = indicator_.data();
  a.out = observed_.data();
  attention_shape &shape = a.shape;
  shape.v_b = shape.v_g = 0, shape.v_t = width;
  shape.dv = width;
  shape.out_h = width, shape.out_t = 1LL * s.heads * width, shape.out_b = shape.out_t * s.tq;
  run(a, team);
  if (!team.first()) return;
  const std::size_t n_rows = static_cast<std::size_t>(s.n_tokens) * s.heads;
  for (std::size_t row = 0; row < n_rows; row++)
    for (int i = 0; i < n; i++) mass_[static_cast<std::size_t>(layer_) * n + i] += observed_[row * width + i];
  mass_rows_[layer_] += static_cast<long long>(n_rows);
}

}  // namespace sabun::llama
