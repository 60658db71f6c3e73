// What each variant adds to a layer: second queries and keys, lambda, temperatures.
#include <algorithm>
#include <cmath>

#include "linear.h"
#include "stop.h"

namespace sabun::llama {
namespace {

float sigmoid(float x) { return 1.0f / (1.0f + std::exp(-x)); }

std::size_t at(int token, int width) { return static_cast<std::size_t>(token) * width; }

}  // namespace

// Room for everything that the threads write, and how the call reads it.
void Hook::set_up_second_branch(Stop &s, Layer &layer) {
  const Variant variant = settings_.variant;
  const int width = s.heads * s.d;
  attention_shape &shape = s.call.shape;
  q2_.resize(at(s.n_tokens, width));
  s.call.q2 = q2_.data();
  shape.q2_h = s.d, shape.q2_t = width, shape.q2_b = shape.q2_t * s.tq;
  shape.last = 1;
  shape.rescale = settings_.rescale || variant == Variant::contrast;
  shape.k2_kind = K2_SHARED;
  shape.lam_h = 1;
  if (layer.lam_weight.empty()) {
    lam_ = layer.lam;
  } else {
    lam_.resize(at(s.n_tokens, s.heads));
    shape.lam_t = s.heads, shape.lam_b = 1LL * s.heads * s.tq;
  }
  s.call.lam = lam_.data();
  if (variant == Variant::contrast) return;
  // One token is prepared by two threads: each has an input of its own.
  x_.resize(at(std::max(s.n_tokens, 2), s.n_embd));
  low_q_.resize(at(s.n_tokens, layer.q2.rank));
  if (variant != Variant::shared) set_up_second_keys(s, layer);
}

void Hook::set_up_second_keys(Stop &s, Layer &layer) {
  if (!s.cells) return fail("it writes its key cache in an unknown way");
  const ggml_tensor *cache = root(s.node->src[1]);
  const std::int64_t n_cells = cache->ne[1] * cache->ne[2];
  const int rank = layer.k2.rank, width = s.groups * s.d;
  attention_shape &shape = s.call.shape;
  SecondKeys &kept = kept_[layer_];
  kept.resize(n_cells, settings_.latent ? rank : width);
  low_k_.resize(at(s.n_tokens, rank));
  s.call.k2 = kept.rows.data() + s.first_cell * kept.width;
  shape.k2_t = kept.width;
  shape.k2_b = s.stream_cells * kept.width;
  if (!settings_.latent) {
    k2_.resize(at(s.n_tokens, width));
    shape.k2_kind = K2_FULL;
    shape.k2_g = s.d;
    return;
  }
  if (layer.basis.empty()) {
    layer.basis.resize(at(width, rank));
    for (int i = 0; i < width; i++)
      for (int r = 0; r < rank; r++) layer.basis[at(i, rank) + r] = layer.k2.b[at(r, width) + i];
  }
  const Rope &rope = s.angles->rope;
  for (const auto &known : cell_angles_)
    if (known->rope == rope) s.cell_angles = known.get();
  if (!s.cell_angles) {
    cell_angles_.push_back(std::make_unique<CellAngles>());
    s.cell_angles = cell_angles_.back().get();
    s.cell_angles->rope = rope;
  }
  s.cell_angles->resize(static_cast<int>(n_cells) + TILE_KEYS);
  shape.k2_kind = settings_.variant == Variant::paper ? K2_PAPER : K2_MIRROR;
  shape.rank = rank;
  shape.n_rot = rope.n_rot;
  shape.interleaved = rope.interleaved;
  shape.rope_stride = s.cell_angles->stride;
  s.call.basis = layer.basis.data();
  s.call.rope = s.cell_angles->table.data() + s.first_cell;
}

// Everything that must be there before attention: each thread does its part of the tokens.
void Hook::prepare(Stop &s, const Layer &layer, const Team &team) {
  if (settings_.variant == Variant::selective) {
    const auto [begin, end] = team.part(s.n_tokens);
    scale_queries(s, layer, begin, end);
    scale_values(s, layer, begin, end);
    return;
  }
  if (!s.second) return;
  const bool keys = s.call.shape.k2_kind != K2_SHARED;
  if (s.n_tokens > 1) {
    const auto [begin, end] = team.part(s.n_tokens);
    float *x = x_.data() + at(begin, s.n_embd);
    layer_input(s, begin, end, x);
    second_queries(s, layer, begin, end, x);
    lambda(s, layer, begin, end, x);
    if (keys) second_keys(s, layer, begin, end, x);
    return;
  }
  if (team.first()) {
    layer_input(s, 0, 1, x_.data());
    second_queries(s, layer, 0, 1, x_.data());
    lambda(s, layer, 0, 1, x_.data());
  }
  if (keys && team.last()) {
    float *x = x_.data() + s.n_embd;
    layer_input(s, 0, 1, x);
    second_keys(s, layer, 0, 1, x);
  }
}

// x of tokens begin..end: recomputed from the residual stream, which is still alive.
void Hook::layer_input(Stop &s, int begin, int end, float *x) {
  if (settings_.variant == Variant::contrast) return;
  for (int t = begin; t < end; t++, x += s.n_embd)
    rms_norm(reinterpret_cast<const float *>(s.residual + t * s.residual_row), s.weight, s.bias, s.eps, s.n_embd, x);
}

void Hook::second_queries(Stop &s, const Layer &layer, int begin, int end, const float *x) {
  const Variant variant = settings_.variant;
  const int width = s.heads * s.d, rank = layer.q2.rank, n = end - begin;
  float *q2 = q2_.data() + at(begin, width), *low = low_q_.data() + at(begin, rank);
  if (variant != Variant::contrast && rank > 0) {
    multiply(x, layer.q2.a.data(), s.n_embd, rank, low, n);
    multiply(low, layer.q2.b.data(), rank, width, q2, n);
  } else {
    std::fill(q2, q2 + at(n, width), 0.0f);
  }
  const float base = variant == Variant::paper ? 0.0f : variant == Variant::contrast ? 1.0f / settings_.temperature : 1.0f;
  for (int t = begin; t < end; t++)
    for (int h = 0; h < s.heads; h++, q2 += s.d) {
      const float *q1 = s.query(t, h);
      if (variant != Variant::contrast) s.angles->rope.rotate(q2, s.turn(t));
      for (int i = 0; i < s.d; i++) q2[i] = q2[i] * s.q_gain + base * q1[i];
    }
}

// Writes second keys to the cells that llama.cpp wrote the first keys to.
void Hook::second_keys(Stop &s, const Layer &layer, int begin, int end, const float *x) {
  const ggml_tensor *k = s.node->src[1];
  const int rank = layer.k2.rank, width = s.groups * s.d, n = end - begin;
  SecondKeys &kept = kept_[layer_];
  float *low = low_k_.data() + at(begin, rank);
  multiply(x, layer.k2.a.data(), s.n_embd, rank, low, n);
  if (settings_.latent) {
    for (int t = begin; t < end; t++, low += rank) {
      const std::int64_t cell = (*s.cells)[t];
      float_to_half(low, kept.row(cell), rank);
      s.cell_angles->set(cell, s.turn(t));
    }
    return;
  }
  float *added = k2_.data() + at(begin, width);
  multiply(low, layer.k2.b.data(), rank, width, added, n);
  const bool mirror = settings_.variant == Variant::mirror;
  for (int t = begin; t < end; t++) {
    const std::int64_t cell = (*s.cells)[t];
    for (int g = 0; g < s.groups; g++, added += s.d) {
      s.angles->rope.rotate(added, s.turn(t));
      if (mirror) {
        float first[256];
        half_to_float(reinterpret_cast<const std::uint16_t *>(s.k + (cell - s.first_cell) * k->nb[1] + g * k->nb[2]),
                      first, s.d);
        for (int i = 0; i < s.d; i++) added[i] += first[i];
      }
      float_to_half(added, kept.row(cell) + g * s.d, s.d);
    }
  }
}

void Hook::lambda(Stop &s, const Layer &layer, int begin, int end, const float *x) {
  if (layer.lam_weight.empty()) return;
  float *lam = lam_.data() + at(begin, s.heads);
  multiply(x, layer.lam_weight.data(), s.n_embd, s.heads, lam, end - begin);
  for (int t = begin; t < end; t++)
    for (int h = 0; h < s.heads; h++, lam++) *lam = sigmoid(*lam + layer.lam_bias[h]);
}

// Queries times their temperature, which is read from the query as it was before its rotation.
void Hook::scale_queries(Stop &s, const Layer &layer, int begin, int end) {
  const std::vector<float> &weight = layer.tau_q.weight;
  float *to = q1_.data() + at(begin, s.heads * s.d);
  for (int t = begin; t < end; t++) {
    const float position = layer.tau_q.gain * std::log(step_.positions()[t] + 1.0f);
    for (int h = 0; h < s.heads; h++, to += s.d) {
      const float *q1 = s.query(t, h);
      float tau = 1.0f + position, before[256];
      if (!weight.empty()) {
        for (int i = 0; i < s.d; i++) before[i] = q1[i] / s.q_gain;
        s.angles->rope.rotate(before, s.turn(t), true);
        tau += std::tanh(gelu_dot(weight.data() + h * s.d, before, s.d));
      }
      for (int i = 0; i < s.d; i++) to[i] = q1[i] * tau;
    }
  }
}

// Values, in llama.cpp's cache, times their temperature.
void Hook::scale_values(Stop &s, const Layer &layer, int begin, int end) {
  const ggml_tensor *v = s.node->src[2];
  if (layer.tau_v.weight.empty() && layer.tau_v.gain == 0.0f) return;
  for (int t = begin; t < end; t++) {
    const float position = layer.tau_v.gain * std::log(step_.positions()[t] + 1.0f);
    for (int g = 0; g < s.groups; g++) {
      auto *half = reinterpret_cast<std::uint16_t *>(s.v + ((*s.cells)[t] - s.first_cell) * v->nb[1] + g * v->nb[2]);
      float value[256], tau = 1.0f + position;
      half_to_float(half, value, s.d);
      if (!layer.tau_v.weight.empty()) tau += std::tanh(gelu_dot(layer.tau_v.weight.data() + g * s.d, value, s.d));
      for (int i = 0; i < s.d; i++) value[i] *= tau;
      float_to_half(value, half, s.d);
    }
  }
}

}  // namespace sabun::llama
