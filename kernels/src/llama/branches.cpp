// What each variant adds to a layer: second queries and keys, lambda, temperatures.
#include <cmath>
#include <cstring>

#include "hook.h"
#include "linear.h"
#include "stop.h"

namespace sabun::llama {
namespace {

float sigmoid(float x) { return 1.0f / (1.0f + std::exp(-x)); }

}  // namespace

// x of every token: the layer's normalised input, recomputed from the residual stream, which is still alive.
void Hook::read_layer_input(Stop &s) {
  const bool biased = norm_->op == GGML_OP_ADD;
  const ggml_tensor *product = biased ? norm_->src[0] : norm_, *norm = product->src[0];
  ggml_tensor *residual = norm->src[0];
  float eps;
  std::memcpy(&eps, norm->op_params, sizeof eps);
  const bool copy = settings_.always_copy;
  const HostBytes h(api_, residual, space_h_, copy), w(api_, product->src[1], space_w_, copy);
  const float *bias = nullptr;
  if (biased) bias = reinterpret_cast<const float *>(HostBytes(api_, norm_->src[1], space_b_, copy).data());
  s.n_embd = static_cast<int>(residual->ne[0]);
  x_.resize(static_cast<std::size_t>(s.n_tokens) * s.n_embd);
  for (int t = 0; t < s.n_tokens; t++)
    rms_norm(reinterpret_cast<const float *>(h.data() + t * residual->nb[1]),
             reinterpret_cast<const float *>(w.data()), bias, eps, s.n_embd,
             x_.data() + static_cast<std::size_t>(t) * s.n_embd);
}

void Hook::second_queries(Stop &s, const Layer &layer) {
  const int width = s.heads * s.d;
  q2_.resize(static_cast<std::size_t>(s.n_tokens) * width);
  const Variant variant = settings_.variant;
  if (variant != Variant::contrast) {
    if (layer.q2.rank == 0) {
      std::fill(q2_.begin(), q2_.end(), 0.0f);
    } else {
      low_.resize(static_cast<std::size_t>(s.n_tokens) * layer.q2.rank);
      multiply(x_.data(), s.n_embd, layer.q2.a.data(), s.n_embd, layer.q2.rank, low_.data(), layer.q2.rank,
               s.n_tokens, settings_.n_threads);
      multiply(low_.data(), layer.q2.rank, layer.q2.b.data(), layer.q2.rank, width, q2_.data(), width, s.n_tokens,
               settings_.n_threads);
    }
  }
  const float smooth = 1.0f / settings_.temperature;
#ifdef _OPENMP
#pragma omp parallel for num_threads(settings_.n_threads) if (s.n_tokens > 8) schedule(static)
#endif
  for (int t = 0; t < s.n_tokens; t++)
    for (int h = 0; h < s.heads; h++) {
      float *to = q2_.data() + static_cast<std::size_t>(t) * width + h * s.d;
      const float *q1 = s.query(t, h);
      if (variant == Variant::contrast) {
        for (int i = 0; i < s.d; i++) to[i] = q1[i] * smooth;
        continue;
      }
      s.angles->rope.rotate(to, s.angles->cs.data() + static_cast<std::size_t>(t) * s.angles->rope.n_rot);
      const float base = variant == Variant::paper ? 0.0f : 1.0f;
      for (int i = 0; i < s.d; i++) to[i] = to[i] * s.q_gain + base * q1[i];
    }
}

// Writes the second keys of this step's tokens to the cells that llama.cpp wrote the first keys to.
void Hook::second_keys(Stop &s, const Layer &layer) {
  const ggml_tensor *k = s.node->src[1], *cache = root(k);
  if (!s.cells || static_cast<int>(s.cells->size()) != s.n_tokens)
    return fail("it writes its key cache in an unknown way");
  const std::int64_t n_cells = cache->ne[1] * cache->ne[2];
  const int rank = layer.k2.rank, width = s.groups * s.d;
  const Rope &rope = s.angles->rope;
  SecondKeys &kept = kept_[layer_];
  kept.resize(n_cells, settings_.latent ? rank : width);
  low_.resize(static_cast<std::size_t>(s.n_tokens) * rank);
  multiply(x_.data(), s.n_embd, layer.k2.a.data(), s.n_embd, rank, low_.data(), rank, s.n_tokens, settings_.n_threads);
  if (settings_.latent) {
    Layer &own = layers_[layer_];
    if (own.basis.empty()) {
      own.basis.resize(static_cast<std::size_t>(width) * rank);
      for (int i = 0; i < width; i++)
        for (int r = 0; r < rank; r++) own.basis[static_cast<std::size_t>(i) * rank + r] = layer.k2.b[r * width + i];
    }
    // The table of this way to rotate moves to the end, where the call finds it.
    std::size_t at = 0;
    while (at < cell_angles_.size() && !(cell_angles_[at]->rope == rope)) at++;
    if (at == cell_angles_.size()) {
      cell_angles_.push_back(std::make_unique<CellAngles>());
      cell_angles_.back()->rope = rope;
    }
    std::swap(cell_angles_[at], cell_angles_.back());
    CellAngles &angles = *cell_angles_.back();
    angles.resize(static_cast<int>(n_cells) + TILE_KEYS);
    for (int t = 0; t < s.n_tokens; t++) {
      const std::int64_t cell = (*s.cells)[t];
      float_to_half(low_.data() + static_cast<std::size_t>(t) * rank, kept.row(cell), rank);
      angles.set(cell, s.angles->cs.data() + static_cast<std::size_t>(t) * rope.n_rot);
    }
    return;
  }
  k2_.resize(static_cast<std::size_t>(s.n_tokens) * width);
  multiply(low_.data(), rank, layer.k2.b.data(), rank, width, k2_.data(), width, s.n_tokens, settings_.n_threads);
  const bool mirror = settings_.variant == Variant::mirror;
#ifdef _OPENMP
#pragma omp parallel for num_threads(settings_.n_threads) if (s.n_tokens > 8) schedule(static)
#endif
  for (int t = 0; t < s.n_tokens; t++) {
    const std::int64_t cell = (*s.cells)[t];
    for (int g = 0; g < s.groups; g++) {
      float *added = k2_.data() + static_cast<std::size_t>(t) * width + g * s.d, first[256];
      rope.rotate(added, s.angles->cs.data() + static_cast<std::size_t>(t) * rope.n_rot);
      if (mirror) {
        half_to_float(reinterpret_cast<const std::uint16_t *>(s.k + (cell - s.first_cell) * k->nb[1] + g * k->nb[2]),
                      first, s.d);
        for (int i = 0; i < s.d; i++) added[i] += first[i];
      }
      float_to_half(added, kept.row(cell) + g * s.d, s.d);
    }
  }
}

void Hook::lambda(Stop &s, const Layer &layer) {
  if (settings_.variant == Variant::contrast || layer.lam_weight.empty()) {
    lam_ = layer.lam;
    return;
  }
  lam_.resize(static_cast<std::size_t>(s.n_tokens) * s.heads);
  multiply(x_.data(), s.n_embd, layer.lam_weight.data(), s.n_embd, s.heads, lam_.data(), s.heads, s.n_tokens,
           settings_.n_threads);
  for (std::size_t i = 0; i < lam_.size(); i++) lam_[i] = sigmoid(lam_[i] + layer.lam_bias[i % s.heads]);
}

// Queries times their temperature, which is read from the query as it was before its rotation.
void Hook::scale_queries(Stop &s, const Layer &layer) {
  const int width = s.heads * s.d;
  q1_.resize(static_cast<std::size_t>(s.n_tokens) * width);
  const std::vector<float> &weight = layer.tau_q.weight;
#ifdef _OPENMP
#pragma omp parallel for num_threads(settings_.n_threads) if (s.n_tokens > 8) schedule(static)
#endif
  for (int t = 0; t < s.n_tokens; t++) {
    const float position = layer.tau_q.gain * std::log(step_.positions()[t] + 1.0f);
    for (int h = 0; h < s.heads; h++) {
      const float *q1 = s.query(t, h);
      float *to = q1_.data() + static_cast<std::size_t>(t) * width + h * s.d, before[256];
      float tau = 1.0f + position;
      if (!weight.empty()) {
        for (int i = 0; i < s.d; i++) before[i] = q1[i] / s.q_gain;
        s.angles->rope.rotate(before, s.angles->cs.data() + static_cast<std::size_t>(t) * s.angles->rope.n_rot, true);
        tau += std::tanh(gelu_dot(weight.data() + h * s.d, before, s.d));
      }
      for (int i = 0; i < s.d; i++) to[i] = q1[i] * tau;
    }
  }
}

// Values of this step's tokens, in llama.cpp's cache, times their temperature.
void Hook::scale_values(Stop &s, const Layer &layer) {
  const ggml_tensor *v = s.node->src[2];
  if (layer.tau_v.weight.empty() && layer.tau_v.gain == 0.0f) return;
  if (!s.cells || static_cast<int>(s.cells->size()) != s.n_tokens)
    return fail("it writes its value cache in an unknown way");
#ifdef _OPENMP
#pragma omp parallel for num_threads(settings_.n_threads) if (s.n_tokens > 8) schedule(static)
#endif
  for (int t = 0; t < s.n_tokens; t++) {
    const float position = layer.tau_v.gain * std::log(step_.positions()[t] + 1.0f);
    for (int g = 0; g < s.groups; g++) {
      auto *at = reinterpret_cast<std::uint16_t *>(s.v + ((*s.cells)[t] - s.first_cell) * v->nb[1] + g * v->nb[2]);
      float value[256];
      half_to_float(at, value, s.d);
      float tau = 1.0f + position;
      if (!layer.tau_v.weight.empty()) tau += std::tanh(gelu_dot(layer.tau_v.weight.data() + g * s.d, value, s.d));
      for (int i = 0; i < s.d; i++) value[i] *= tau;
      float_to_half(value, at, s.d);
    }
  }
}

}  // namespace sabun::llama
